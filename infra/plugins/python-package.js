'use strict';

// Builds the layers of Python packages, the layer with the page /v1/docs, and the code, before osls
// packages them. With an AWS endpoint on loopback, functions run on this machine, so the packages are
// built for its interpreter, and otherwise for Lambda's. Decisions 0002 and 0039 have the reasons.

const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const Bytecode = require('./packaging/bytecode');
const { isPackaging } = require('./packaging/commands');
const { emptyFolder, filesIn } = require('./packaging/files');
const { fillDocsPage, sourcesOf } = require('./packaging/docs-page');
const Tools = require('./packaging/tools');

/** @import { FunctionEntry, Options, Serverless, Utils } from './osls' */

const LAMBDA_PLATFORMS = { arm64: 'aarch64-manylinux_2_28', x86_64: 'x86_64-manylinux_2_28' };
const NEVER_IMPORTED = /(^|\/)(bin|tests?|[^/]+\.dist-info\/sboms)(\/|$)|\.pyi$|(^|\/)\.lock$/;
const ARCHIVER = path.join(__dirname, 'packaging/archive.py');
const SPLITTER = path.join(__dirname, 'packaging/split.py');
const BUILDERS = [__filename, ...filesIn(path.join(__dirname, 'packaging')).sort()];

/** @type {(url?: string) => boolean} */
const isLoopback = (url) =>
  url !== undefined && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);

class PythonPackage {
  /**
   * @param {Serverless} serverless
   * @param {Options} options
   * @param {Utils} utils
   */
  constructor(serverless, options, { log, progress }) {
    this.serverless = serverless;
    this.log = log;
    this.progress = progress.get('main');
    this.tools = new Tools(serverless, this.progress);
    this.target = isLoopback(process.env.AWS_ENDPOINT_URL) ? 'host' : 'lambda';
    this.hooks = {
      initialize: () => isPackaging(serverless) && this.tools.install(),
      'before:package:createDeploymentArtifacts': () => this.build(),
      'before:package:function:package': () => this.build(),
      'before:deploy:function:deploy': () => this.keepLayers(options.functionObj),
    };
  }

  /** @param {string[]} parts */
  path(...parts) {
    return path.join(this.serverless.serviceDir, ...parts);
  }

  build() {
    const bytecode = new Bytecode(this.tools, this.findPython());
    this.buildPackages('dependencies', 'requirements/runtime.txt', bytecode);
    this.buildPackages('pictures', 'requirements/pictures.txt', bytecode);
    const service = this.serverless.serviceDir;
    this.buildLayer('swaggerUi', {
      inputs: sourcesOf(service),
      fill: (folder) => fillDocsPage(service, folder),
    });
    this.buildCode(bytecode);
  }

  findPython() {
    if (this.target === 'host') return this.tools.python;
    const version = this.lambdaVersion();
    const python = Bytecode.findPython(this.tools, version);
    if (!python) {
      this.log.warning(
        `No Python ${version} found or downloaded: packaged without bytecode, so cold starts are slower`
      );
    }
    return python;
  }

  lambdaVersion() {
    return this.serverless.service.provider.runtime.replace('python', '');
  }

  /**
   * @param {string} name
   * @param {{ inputs: (string | Buffer)[], fill: (folder: string) => void }} content
   */
  buildLayer(name, { inputs, fill }) {
    const cache = this.path('.build', this.target, `${name}.zip`);
    this.buildOnce(`the layer ${name}`, `${cache}.stamp`, inputs, () => {
      const folder = this.path('.build', this.target, name);
      emptyFolder(folder);
      fill(path.join(folder, 'python'));
      this.zip([[folder, cache]]);
    });
    const artifact = this.path('.serverless', `${name}.zip`);
    fs.mkdirSync(path.dirname(artifact), { recursive: true });
    fs.copyFileSync(cache, artifact);
    this.serverless.service.getLayer(name).package = { artifact };
  }

  /**
   * Builds what it is for, unless the inputs are those of the last time.
   *
   * @param {string} what
   * @param {string} stampFile
   * @param {(string | Buffer)[]} inputs
   * @param {() => void} build
   */
  buildOnce(what, stampFile, inputs, build) {
    const stamp = stampOf(inputs);
    if (fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === stamp) return;
    this.progress.notice(`Building ${what} for ${this.target}`);
    fs.rmSync(stampFile, { force: true });
    build();
    fs.writeFileSync(stampFile, stamp);
  }

  /**
   * @param {string} name
   * @param {string} requirements
   * @param {Bytecode} bytecode
   */
  buildPackages(name, requirements, bytecode) {
    this.buildLayer(name, {
      inputs: [
        fs.readFileSync(this.path(requirements)),
        this.target,
        this.lambdaVersion(),
        bytecode.version(),
      ],
      fill: (folder) => this.install(requirements, folder, bytecode),
    });
  }

  /**
   * @param {string} requirements
   * @param {string} folder
   * @param {Bytecode} bytecode
   */
  install(requirements, folder, bytecode) {
    const platform = LAMBDA_PLATFORMS[this.serverless.service.provider.architecture];
    const forLambda = ['--python-platform', platform, '--python-version', this.lambdaVersion()];
    this.tools.must(this.tools.uv, [
      ...['pip', 'install', '--quiet', '--require-hashes', '--only-binary', ':all:'],
      ...['--requirement', requirements, '--target', folder],
      ...['--python', this.tools.python],
      ...(this.target === 'lambda' ? forLambda : []),
    ]);
    for (const file of filesIn(folder)) {
      if (NEVER_IMPORTED.test(path.relative(folder, file))) fs.rmSync(file);
    }
    bytecode.compile(folder, '/opt/python');
  }

  /** @param {Bytecode} bytecode */
  buildCode(bytecode) {
    const source = this.path('src/artisthub');
    const files = filesIn(source).filter((file) => file.endsWith('.py'));
    const functions = Object.values(this.serverless.service.functions);
    const handlers = [...new Set(functions.map(({ handler }) => handler.replace(/\.\w+$/, '')))];
    const packages = this.path('.build', this.target, 'packages');
    const inputs = [
      ...files.sort().flatMap((file) => [path.relative(source, file), fs.readFileSync(file)]),
      ...[this.target, bytecode.version(), ...handlers.sort()],
    ];
    this.buildOnce('the code', `${packages}.stamp`, inputs, () => {
      const code = this.path('.build', this.target, 'code');
      emptyFolder(code);
      for (const file of files) {
        const copy = path.join(code, 'artisthub', path.relative(source, file));
        fs.mkdirSync(path.dirname(copy), { recursive: true });
        fs.copyFileSync(file, copy);
      }
      bytecode.compileBeside(code, '/var/task');
      emptyFolder(packages);
      this.tools.must(this.tools.python, ['-I', SPLITTER, code, packages, ...handlers]);
      const folders = fs.readdirSync(packages).map((feature) => path.join(packages, feature));
      this.zip(folders.map((folder) => [folder, `${folder}.zip`]));
    });
    for (const each of functions) {
      const feature = path.basename(path.dirname(each.handler));
      const artifact = this.path('.serverless', `artisthub-${feature}.zip`);
      fs.mkdirSync(path.dirname(artifact), { recursive: true });
      fs.copyFileSync(path.join(packages, `${feature}.zip`), artifact);
      each.package = { artifact };
    }
  }

  /** @param {string[][]} pairs Folders, each with its zip. */
  zip(pairs) {
    this.tools.must(this.tools.python, ['-I', ARCHIVER, ...pairs.flat()]);
  }

  /**
   * A function without `layers` uses the provider's. These are references, which osls would send to
   * Lambda unresolved.
   *
   * @param {FunctionEntry} functionObject
   */
  keepLayers(functionObject) {
    functionObject.layers ??= this.serverless.service.provider.layers;
  }
}

/** @type {(inputs: (string | Buffer)[]) => string} */
const stampOf = (inputs) => {
  const hash = crypto.createHash('sha256');
  const builders = BUILDERS.map((file) => fs.readFileSync(file));
  for (const input of [...builders, ...inputs]) hash.update(input).update('\0');
  return hash.digest('hex');
};

module.exports = PythonPackage;
