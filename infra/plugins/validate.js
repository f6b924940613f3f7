'use strict';

// `sls validate`, which osls lacks: everything that can be known to be wrong before a deployment,
// all of it at once, each problem with the file to open. Needs no AWS account.

const { spawn } = require('child_process');
const fs = require('fs');
const path = require('path');

const MAX_RESOURCES = 489; // CloudFormation's limit is 500 a stack
const IAM_TYPES = ['AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'];
const OBJECT_ACTIONS = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'];
// Backups and recovery points are named by AWS when they are made.
const NAMED_LATER = {
  'dynamodb:DeleteBackup,dynamodb:DescribeBackup': /^\$\{\w+Table\.Arn\}\/backup\/\*$/,
  'backup:TagResource': /:\$\{AWS::AccountId\}:recovery-point:\*$/,
};
const SECTIONS = ['Resources', 'Outputs', 'Conditions', 'Mappings'];
const IMPORT_HANDLERS = `
import importlib, json, sys
sys.path.insert(0, "src")
problems = {}
for name, handler in json.load(sys.stdin).items():
    module, _, attribute = handler.rpartition(".")
    try:
        if not callable(getattr(importlib.import_module(module.replace("/", ".")), attribute)):
            problems[name] = f"{attribute} is no function"
    except Exception as error:
        problems[name] = f"{type(error).__name__}: {error}"
print(json.dumps(problems))
`;

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

const hasWildcard = (value) => {
  if (typeof value === 'string') return value.includes('*');
  return value !== null && typeof value === 'object' && Object.values(value).some(hasWildcard);
};

const keysOf = (stage) =>
  Object.entries(stage).flatMap(([key, value]) =>
    isObject(value) ? Object.keys(value).map((inner) => `${key}.${inner}`) : [key]
  );

class Validate {
  constructor(serverless, options, { progress, writeText }) {
    this.serverless = serverless;
    this.progress = progress.get('main');
    this.writeText = writeText;
    this.naming = serverless.getProvider('aws').naming;
    this.problems = [];
    this.commands = {
      validate: {
        usage: 'Check configuration, permissions, handlers and the compiled template',
        lifecycleEvents: ['sources', 'package', 'compiled', 'report'],
      },
    };
    this.hooks = {
      'validate:sources': () => this.checkSources(),
      'validate:package': () => this.package(),
      'validate:compiled': () => this.checkCompiled(),
      'validate:report': () => this.report(),
    };
    if (serverless.processedInput.commands.join(' ') !== 'validate') return;
    this.hooks['before:aws:package:finalize:mergeCustomProviderResources'] = () =>
      this.checkGeneratedIds();
    // Instead of osls's first error, which would hide all others and names no file.
    serverless.configSchemaHandler.handleErrorMessages = (messages) =>
      this.addConfigurationProblems(messages);
  }

  add(file, message) {
    this.problems.push(`${file}: ${message}`);
  }

  addConfigurationProblems(messages) {
    for (const message of messages) {
      const [, name] = /^at 'functions\.([^.[']+)/.exec(message) ?? [];
      this.add(this.fileOfFunction(name), `unknown or wrong configuration ${message}`);
    }
  }

  // What the yml files say, before osls merges them and the last of two equal keys silently wins.

  read(file) {
    return this.serverless.utils.readFileSync(path.join(this.serverless.serviceDir, file));
  }

  filesOf(folder) {
    const files = fs.readdirSync(path.join(this.serverless.serviceDir, folder)).sort();
    return files.filter((file) => file.endsWith('.yml')).map((file) => `${folder}/${file}`);
  }

  // [key, file] for each key of a section, over serverless.yml itself and the files it includes.
  declared(section, folder, pick) {
    const inline = [this.read('serverless.yml')[section] ?? []].flat().filter(isObject);
    const sources = [
      ...inline.map((content) => ['serverless.yml', content]),
      ...this.filesOf(folder).map((file) => [file, this.read(file)]),
    ];
    return sources.flatMap(([file, content]) =>
      Object.keys(pick(content) ?? {}).map((key) => [key, file])
    );
  }

  declaredFunctions() {
    return this.declared('functions', 'infra/functions', (content) => content);
  }

  fileOfFunction(name) {
    return this.declaredFunctions().find(([key]) => key === name)?.[1] ?? 'serverless.yml';
  }

  checkSources() {
    const functions = this.declaredFunctions();
    this.checkTwice(functions, 'function');
    for (const [name, file] of functions) {
      const included = this.serverless.service.functions[name];
      if (!included) this.add(file, `serverless.yml does not include this file, so ${name} is lost`);
      else if (!included.iamRoleStatements) this.add(file, `${name} has no iamRoleStatements`);
    }
    for (const section of SECTIONS) {
      const ids = this.declared('resources', 'infra/resources', (content) => content[section]);
      this.checkTwice(ids, `logical id of ${section}`);
    }
    this.checkStages();
  }

  checkTwice(declared, what) {
    const seen = new Map();
    for (const [key, file] of declared) {
      if (seen.has(key)) this.add(`${seen.get(key)}, ${file}`, `${what} ${key} is declared twice`);
      seen.set(key, file);
    }
  }

  checkStages() {
    const stages = this.filesOf('infra/stages').map((file) => [file, keysOf(this.read(file))]);
    const all = new Set(stages.flatMap(([, keys]) => keys));
    for (const [file, keys] of stages) {
      const missing = [...all].filter((key) => !keys.includes(key));
      if (missing.length) this.add(file, `other stages have ${missing.join(', ')}`);
    }
  }

  checkGeneratedIds() {
    const { compiledCloudFormationTemplate } = this.serverless.service.provider;
    for (const section of SECTIONS) {
      const generated = compiledCloudFormationTemplate[section] ?? {};
      const ids = this.declared('resources', 'infra/resources', (content) => content[section]);
      for (const [id, file] of ids) {
        if (id in generated) this.add(file, `${id} would overwrite what osls generates in ${section}`);
      }
    }
  }

  async package() {
    try {
      await this.serverless.pluginManager.spawn('package');
      this.template = this.serverless.service.provider.compiledCloudFormationTemplate;
    } catch (error) {
      this.add('serverless.yml', `packaging fails: ${error.message}`);
    }
  }

  // What would be deployed.

  async checkCompiled() {
    this.progress.notice('Checking the template and the handlers');
    const checks = [this.checkHandlers()];
    if (this.template) {
      this.checkRoutes();
      this.checkPermissions();
      this.checkSize();
      checks.push(this.lint());
    }
    await Promise.all(checks);
  }

  resources(...types) {
    return Object.entries(this.template.Resources).filter(([, { Type }]) => types.includes(Type));
  }

  // The yml file that a resource of the compiled template comes from.
  fileOfResource(logicalId) {
    const declared = this.declared('resources', 'infra/resources', ({ Resources }) => Resources);
    const [, file] = declared.find(([id]) => id === logicalId) ?? [];
    return file ?? this.fileOfFunction(this.functionOf(logicalId));
  }

  functionOf(logicalId) {
    return this.serverless.service.getAllFunctions().find((name) => {
      const normalized = this.naming.getNormalizedFunctionName(name);
      return [
        this.naming.getLambdaLogicalId(name),
        this.naming.getLogGroupLogicalId(name),
        `${normalized}${this.naming.getRoleLogicalId()}`,
        `HttpApiIntegration${normalized}`,
      ].includes(logicalId);
    });
  }

  checkRoutes() {
    const publicRoutes = this.read('infra/public-routes.yml');
    const open = new Set();
    for (const [, { Properties }] of this.resources('AWS::ApiGatewayV2::Route')) {
      if (Properties.AuthorizerId) continue;
      open.add(Properties.RouteKey);
      if (publicRoutes[Properties.RouteKey]) continue;
      const integration = Properties.Target['Fn::Join'][1].find(isObject).Ref;
      this.add(
        this.fileOfResource(integration),
        `${Properties.RouteKey} has no authorizer and is not in infra/public-routes.yml`
      );
    }
    for (const route of Object.keys(publicRoutes)) {
      if (!open.has(route)) this.add('infra/public-routes.yml', `${route} is no public route`);
    }
  }

  checkPermissions() {
    for (const [logicalId, { Properties }] of this.resources(...IAM_TYPES)) {
      const file = this.fileOfResource(logicalId);
      const policies = [...(Properties.Policies ?? []), Properties].filter((p) => p.PolicyDocument);
      if (Properties.ManagedPolicyArns) this.add(file, `${logicalId} has a policy of others`);
      for (const statement of policies.flatMap((policy) => policy.PolicyDocument.Statement)) {
        const problem = this.tooWide(statement);
        if (problem) this.add(file, `${logicalId} allows ${problem}`);
      }
    }
  }

  tooWide({ Effect, Action, Resource, NotAction, NotResource }) {
    if (Effect !== 'Allow') return null;
    if (NotAction || NotResource) return 'all but what NotAction or NotResource name';
    if (hasWildcard(Action)) return `a wildcard action: ${JSON.stringify(Action)}`;
    const isObjectAccess = [Action].flat().every((action) => OBJECT_ACTIONS.includes(action));
    const named = NAMED_LATER[[Action].flat().sort().join()];
    const wide = [Resource]
      .flat()
      .filter((arn) => hasWildcard(arn) && !(isObjectAccess && this.isFolderOfOurs(arn)))
      .filter((arn) => !named?.test(arn['Fn::Sub'] ?? ''));
    return wide.length ? `a wildcard resource: ${JSON.stringify(wide)}` : null;
  }

  // Objects are named when they are made: leave for them can only be for a folder (decision 0006).
  isFolderOfOurs(arn) {
    const [, bucket] = /^\$\{(\w+)\.Arn\}\/[\w/-]+\/\*$/.exec(arn['Fn::Sub']) ?? [];
    return this.template.Resources[bucket]?.Type === 'AWS::S3::Bucket';
  }

  checkSize() {
    this.count = Object.keys(this.template.Resources).length;
    if (this.count > MAX_RESOURCES) {
      this.add('serverless.yml', `${this.count} CloudFormation resources, at most ${MAX_RESOURCES}`);
    }
  }

  // Tools are given their input by stdin, and no credentials.

  run(command, args, { input, env = {} }) {
    const cwd = this.serverless.serviceDir;
    const child = spawn(path.join(cwd, '.venv/bin', command), args, { cwd, env });
    const output = { stdout: '', stderr: '' };
    child.stdin.on('error', () => {}); // a tool that ended early says why on stderr
    child.stdin.end(input);
    for (const stream of ['stdout', 'stderr']) {
      child[stream].setEncoding('utf8').on('data', (text) => (output[stream] += text));
    }
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', () => resolve(output));
    });
  }

  async checkHandlers() {
    const names = this.serverless.service.getAllFunctions();
    const handlers = names.map((name) => [name, this.serverless.service.getFunction(name).handler]);
    const input = JSON.stringify(Object.fromEntries(handlers));
    const { stdout, stderr } = await this.run('python', ['-IBc', IMPORT_HANDLERS], { input });
    if (!stdout) return this.add('src', `handlers cannot be imported:\n${stderr}`);
    for (const [name, problem] of Object.entries(JSON.parse(stdout))) {
      const { handler } = this.serverless.service.getFunction(name);
      this.add(this.fileOfFunction(name), `handler ${handler} of ${name}: ${problem}`);
    }
    return undefined;
  }

  async lint() {
    const region = this.serverless.getProvider('aws').getRegion();
    const { stdout, stderr } = await this.run('cfn-lint', ['--format', 'json', '--regions', region], {
      input: JSON.stringify(this.template),
      // Kept from run to run even where bytecode is unwelcome beside the sources: saves 4 of 12 s.
      env: { PYTHONPYCACHEPREFIX: path.join(this.serverless.serviceDir, '.build/pycache') },
    });
    if (!stdout) return this.add('serverless.yml', `cfn-lint failed:\n${stderr}`);
    for (const { Rule, Message, Location } of JSON.parse(stdout)) {
      const [section, logicalId] = Location.Path ?? [];
      const file = section === 'Resources' ? this.fileOfResource(logicalId) : 'serverless.yml';
      this.add(file, `${Rule.Id} ${Message} (${(Location.Path ?? []).join('.')})`);
    }
    return undefined;
  }

  report() {
    const stage = this.serverless.getProvider('aws').getStage();
    if (this.count) this.writeText(`${this.count} CloudFormation resources in stage ${stage}`);
    if (this.problems.length) {
      const title = `Stage ${stage} is not valid:`;
      throw new this.serverless.classes.Error([title, ...this.problems].join('\n'));
    }
    this.writeText(`Stage ${stage} is valid`);
  }
}

module.exports = Validate;
