'use strict';

// Adds `sls validate`, which reports every problem that can be found before a deployment, with the
// file to change. It needs no AWS account.

const Declarations = require('./validate/declarations');
const { sizeOf } = require('./validate/size');
const { checkGeneratedIds, checkSources } = require('./validate/sources');
const { checkTemplate } = require('./validate/template');
const { checkHandlers, lintTemplate } = require('./validate/tools');
const { commandOf } = require('./packaging/commands');

/**
 * @import { Add } from './validate/types'
 * @import { Hooks, Options, Serverless, Utils } from './osls'
 */

class Validate {
  /**
   * @param {Serverless} serverless
   * @param {Options} _options
   * @param {Utils} utils
   */
  constructor(serverless, _options, { progress, writeText }) {
    this.serverless = serverless;
    this.progress = progress.get('main');
    this.writeText = writeText;
    this.declarations = new Declarations(serverless);
    /** @type {string[]} */
    this.problems = [];
    /** @type {Add} */
    this.add = (file, message) => this.problems.push(`${file}: ${message}`);
    this.commands = {
      validate: {
        usage: 'Check configuration, permissions, handlers and the compiled template',
        lifecycleEvents: ['sources', 'package', 'compiled', 'report'],
      },
    };
    /** @type {Hooks} */
    this.hooks = {
      'validate:sources': () => checkSources(this.declarations, serverless.service, this.add),
      'validate:package': () => this.package(),
      'validate:compiled': () => this.checkCompiled(),
      'validate:report': () => this.report(),
    };
    if (commandOf(serverless) !== 'validate') return;
    this.hooks['before:aws:package:finalize:mergeCustomProviderResources'] = () =>
      checkGeneratedIds(this.declarations, this.compiledTemplate(), this.add);
    // osls would stop at the first error, without a file name.
    serverless.configSchemaHandler.handleErrorMessages = (messages) =>
      this.addConfigurationProblems(messages);
  }

  compiledTemplate() {
    return this.serverless.service.provider.compiledCloudFormationTemplate;
  }

  /** @param {string[]} messages */
  addConfigurationProblems(messages) {
    for (const message of messages) {
      const [, name] = /^at 'functions\.([^.[']+)/.exec(message) ?? [];
      const file = this.declarations.fileOfFunction(name);
      this.add(file, `unknown or wrong configuration ${message}`);
    }
  }

  async package() {
    try {
      await this.serverless.pluginManager.spawn('package');
      this.template = this.compiledTemplate();
    } catch (error) {
      this.add(
        'serverless.yml',
        `packaging fails: ${error instanceof Error ? error.message : error}`
      );
    }
  }

  async checkCompiled() {
    this.progress.notice('Checking the template and the handlers');
    const { serverless, declarations, template, add } = this;
    const checks = [checkHandlers(serverless, declarations, add)];
    if (template) {
      checkTemplate(template, declarations, add);
      checks.push(lintTemplate(template, serverless, declarations, add));
    }
    await Promise.all(checks);
  }

  report() {
    const stage = this.serverless.getProvider('aws').getStage();
    if (this.template) this.writeText(sizeOf(this.template, stage));
    if (this.problems.length) {
      const title = `Stage ${stage} is not valid:`;
      throw new this.serverless.classes.Error([title, ...this.problems].join('\n'));
    }
    this.writeText(`Stage ${stage} is valid`);
  }
}

module.exports = Validate;
