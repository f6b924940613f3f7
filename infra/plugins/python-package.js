'use strict';

// Builds what the functions run on, before osls packages: the dependency layer, the layer with the
// pages of /v1/docs, and the code. On an AWS endpoint on loopback functions run on this machine, so
// their layer is built for its interpreter; everywhere else for Lambda's. The why of it all is in
// docs/decisions/0002-packaging.md.

const { spawnSync } = require('child_process');
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const zlib = require('zlib');

const BUILDING_COMMANDS = ['package', 'deploy', 'deploy function', 'validate'];
const LAMBDA_PLATFORMS = { arm64: 'aarch64-manylinux_2_28', x86_64: 'x86_64-manylinux_2_28' };
const SWAGGER_UI_FILES = ['swagger-ui.css', 'swagger-ui-bundle.js'];
const NEVER_IMPORTED = /(^|\/)(bin|tests?|[^/]+\.dist-info\/sboms)(\/|$)|\.pyi$|(^|\/)\.lock$/;
const LOCK_TIMEOUT_MS = 10 * 60 * 1000;

const isLoopback = (url) =>
  Boolean(url) && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);

const filesIn = (folder) =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));

const emptyFolder = (folder) => {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
};

class PythonPackage {
  constructor(serverless, options, { log, progress }) {
    this.serverless = serverless;
    this.log = log;
    this.progress = progress.get('main');
    this.command = serverless.processedInput.commands.join(' ');
    this.target = isLoopback(process.env.AWS_ENDPOINT_URL) ? 'host' : 'lambda';
    this.hooks = {
      'initialize': () => this.prepare(),
      'before:package:createDeploymentArtifacts': () => this.build(),
      'before:package:function:package': () => this.build(),
      'after:aws:deploy:deploy:uploadArtifacts': () => this.unlock(),
      'after:validate:package': () => this.unlock(),
      'before:deploy:function:deploy': () => this.keepLayers(options.functionObj),
      'before:invoke:local:invoke': () => this.useOwnInterpreter(options.functionObj),
    };
  }

  async prepare() {
    if (this.command === 'invoke local') this.installTools();
    if (!BUILDING_COMMANDS.includes(this.command)) return;
    this.installTools();
    await this.lock();
  }

  path(...parts) {
    return path.join(this.serverless.serviceDir, ...parts);
  }

  fail(message) {
    return new this.serverless.classes.Error(message);
  }

  run(command, args, env = {}) {
    const result = spawnSync(command, args, {
      cwd: this.serverless.serviceDir,
      env: { ...process.env, ...env },
      encoding: 'utf8',
    });
    if (result.error) throw this.fail(`${command}: ${result.error.message}`);
    return result;
  }

  must(command, args) {
    const result = this.run(command, args);
    if (result.status !== 0) {
      throw this.fail(`${path.basename(command)} ${args[0]} failed:\n${result.stderr}${result.stdout}`);
    }
    return result.stdout.trim();
  }

  installTools() {
    if (fs.existsSync(this.path('.venv/bin/uv'))) return;
    this.progress.notice('Installing the tools (make install)');
    this.must('make', ['--silent', 'install']);
  }

  // osls keeps its work in .serverless/ and wipes it, so two at once in one checkout would mix.
  async lock() {
    this.lockFile = this.path('.build/lock');
    fs.mkdirSync(path.dirname(this.lockFile), { recursive: true });
    process.on('exit', () => this.unlock());
    const deadline = Date.now() + LOCK_TIMEOUT_MS;
    while (!this.tryLock()) {
      if (Date.now() > deadline) throw this.fail(`Another sls holds ${this.lockFile}`);
      this.progress.notice('Waiting for another sls in this folder');
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  tryLock() {
    try {
      fs.writeFileSync(this.lockFile, String(process.pid), { flag: 'wx' });
      this.isLocked = true;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (!this.holderIsAlive()) fs.rmSync(this.lockFile, { force: true });
    }
    return this.isLocked;
  }

  holderIsAlive() {
    try {
      process.kill(Number(fs.readFileSync(this.lockFile, 'utf8')), 0);
      return true;
    } catch (error) {
      return error.code === 'EPERM';
    }
  }

  unlock() {
    if (this.isLocked) fs.rmSync(this.lockFile, { force: true });
    this.isLocked = false;
  }

  async build() {
    this.packager = this.serverless.pluginManager.plugins.find(
      (plugin) => plugin.constructor.name === 'Package'
    );
    this.python = this.target === 'host' ? this.path('.venv/bin/python') : this.findLambdaPython();
    await this.buildLayer('dependencies', {
      inputs: [fs.readFileSync(this.path('requirements/runtime.txt')), ...this.platform()],
      fill: (folder) => this.installDependencies(folder),
    });
    await this.buildLayer('swaggerUi', {
      inputs: [fs.readFileSync(this.path('node_modules/swagger-ui-dist/package.json'))],
      fill: (folder) => this.copySwaggerUi(folder),
    });
    await this.buildCode();
  }

  // The same version as Lambda's, because bytecode of another is ignored.
  findLambdaPython() {
    const version = this.lambdaVersion();
    const uv = this.path('.venv/bin/uv');
    // pyenv's shims refuse to run without a version.
    const env = { PYENV_VERSION: version, UV_PYTHON_DOWNLOADS: 'manual', UV_HTTP_RETRIES: '0' };
    const find = () => this.run(uv, ['python', 'find', '--no-project', version], env);
    let found = find();
    if (found.status !== 0 && this.run(uv, ['python', 'install', version], env).status === 0) {
      found = find();
    }
    if (found.status === 0) return found.stdout.trim();
    this.log.warning(
      `No Python ${version} found or downloaded: packaged without bytecode, cold starts are slower`
    );
    return null;
  }

  lambdaVersion() {
    return this.serverless.service.provider.runtime.replace('python', '');
  }

  platform() {
    return [this.target, this.lambdaVersion(), this.python ? this.must(this.python, ['-VV']) : ''];
  }

  async buildLayer(name, { inputs, fill }) {
    const cache = this.path('.build', this.target, `${name}.zip`);
    const artifact = this.path('.serverless', `${name}.zip`);
    const stamp = this.stampOf(inputs);
    const stampFile = `${cache}.stamp`;
    const isCurrent = fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === stamp;
    if (!isCurrent) {
      this.progress.notice(`Building the layer ${name} for ${this.target}`);
      const folder = this.path('.build', this.target, name);
      emptyFolder(folder);
      fs.rmSync(stampFile, { force: true });
      fill(path.join(folder, 'python'));
      fs.copyFileSync(await this.zip(folder, `${name}.zip`), cache);
      fs.writeFileSync(stampFile, stamp);
    }
    fs.mkdirSync(path.dirname(artifact), { recursive: true });
    fs.copyFileSync(cache, artifact);
    this.serverless.service.getLayer(name).package = { artifact };
  }

  stampOf(inputs) {
    const hash = crypto.createHash('sha256');
    for (const input of [fs.readFileSync(__filename), ...inputs]) hash.update(input).update('\0');
    return hash.digest('hex');
  }

  installDependencies(folder) {
    const forLambda = ['--python-platform', LAMBDA_PLATFORMS[this.architecture()]];
    forLambda.push('--python-version', this.lambdaVersion());
    this.must(this.path('.venv/bin/uv'), [
      ...['pip', 'install', '--quiet', '--require-hashes', '--only-binary', ':all:'],
      ...['--requirement', 'requirements/runtime.txt', '--target', folder],
      ...['--python', this.path('.venv/bin/python')],
      ...(this.target === 'lambda' ? forLambda : []),
    ]);
    for (const file of filesIn(folder)) {
      if (NEVER_IMPORTED.test(path.relative(folder, file))) fs.rmSync(file);
    }
    this.compile(folder, '/opt/python');
  }

  architecture() {
    return this.serverless.service.provider.architecture;
  }

  copySwaggerUi(folder) {
    const source = this.path('node_modules/swagger-ui-dist');
    const destination = path.join(folder, 'swagger_ui');
    fs.mkdirSync(destination, { recursive: true });
    for (const file of SWAGGER_UI_FILES) {
      const zipped = zlib.gzipSync(fs.readFileSync(path.join(source, file)), { level: 9 });
      fs.writeFileSync(path.join(destination, `${file}.gz`), zipped);
    }
    fs.copyFileSync(path.join(source, 'LICENSE'), path.join(destination, 'LICENSE'));
  }

  async buildCode() {
    const source = this.path('src/artisthub');
    const folder = this.path('.build', this.target, 'code');
    emptyFolder(folder);
    for (const file of filesIn(source)) {
      const name = path.relative(source, file);
      const isContract = name === path.join('meta', 'openapi.json');
      if (!name.endsWith('.py') && !isContract) continue;
      const copy = path.join(folder, 'artisthub', name);
      fs.mkdirSync(path.dirname(copy), { recursive: true });
      // Half of the contract is blanks, for people who compare its versions.
      if (isContract) fs.writeFileSync(copy, JSON.stringify(JSON.parse(fs.readFileSync(file))));
      else fs.copyFileSync(file, copy);
    }
    this.compileAway(folder, '/var/task');
    const name = this.serverless.getProvider('aws').naming.getServiceArtifactName();
    this.serverless.service.package.artifact = await this.zip(folder, name);
  }

  // Lambda's disk is read-only and its zips carry no time of change: without bytecode every cold
  // start would compile every module, with checked bytecode it would not trust it.
  compile(folder, deployedAt, ...options) {
    if (!this.python) return;
    const mode = ['--invalidation-mode', 'unchecked-hash', ...options];
    this.must(this.python, ['-Im', 'compileall', '-q', ...mode, '-s', folder, '-p', deployedAt, folder]);
  }

  // Our own code goes as bytecode alone, in the place of its source (PEP 3147), and without
  // docstrings: they have made the contract and are of no more use.
  compileAway(folder, deployedAt) {
    if (!this.python) return;
    this.compile(folder, deployedAt, '-b', '-o', '2');
    for (const file of filesIn(folder)) if (file.endsWith('.py')) fs.rmSync(file);
  }

  zip(folder, name) {
    return this.packager.zipFiles(filesIn(folder), name, folder);
  }

  // A function without layers of its own has the provider's, which are references: osls would send
  // them to Lambda as they are.
  keepLayers(functionObject) {
    functionObject.layers ??= this.serverless.service.provider.layers;
  }

  useOwnInterpreter(functionObject) {
    const importable = [this.path('src')];
    if (functionObject.layers?.some(({ Ref }) => Ref === 'SwaggerUiLambdaLayer')) {
      importable.push(this.localSwaggerUi());
    }
    process.env.VIRTUAL_ENV = this.path('.venv');
    process.env.PYTHONPATH = importable.join(path.delimiter);
  }

  localSwaggerUi() {
    const { version } = require(this.path('node_modules/swagger-ui-dist/package.json'));
    const folder = this.path('.build', `swagger-ui-${version}`);
    if (fs.existsSync(folder)) return folder;
    fs.mkdirSync(this.path('.build'), { recursive: true });
    const unfinished = fs.mkdtempSync(`${folder}-`);
    this.copySwaggerUi(unfinished);
    fs.renameSync(unfinished, folder);
    return folder;
  }
}

module.exports = PythonPackage;
