'use strict';

// Gives `sls invoke local` the environment of the deployed function. osls resolves only Ref and
// Fn::ImportValue, and fails on other CloudFormation functions. Plain values come from
// serverless.yml, so a change of them needs no deployment.
// osls: invoke-local/index.js, resolveConfiguredEnvVars

const { codeOf, pluginOf } = require('./shared');

/** @import { Environment, Options, Serverless } from './osls' */

/** @type {(value: unknown) => boolean} */
const isObject = (value) => value !== null && typeof value === 'object';

class DeployedEnvironment {
  /**
   * @param {Serverless} serverless
   * @param {Options} options
   */
  constructor(serverless, options) {
    this.serverless = serverless;
    this.options = options;
    this.hooks = { initialize: () => this.replaceResolver() };
  }

  replaceResolver() {
    pluginOf(this.serverless, 'AwsInvokeLocal').resolveConfiguredEnvVars = (environment) =>
      this.resolve(environment);
  }

  /** @param {Environment} environment */
  async resolve(environment) {
    const unresolved = Object.keys(environment).filter((name) => isObject(environment[name]));
    if (!unresolved.length) return environment;
    const deployed = await this.deployedEnvironment();
    for (const name of unresolved) {
      if (deployed[name] === undefined) throw this.notDeployed(`The variable ${name}`);
      environment[name] = deployed[name];
    }
    return environment;
  }

  async deployedEnvironment() {
    try {
      await pluginOf(this.serverless, 'AwsDeployFunction').checkIfFunctionExists();
    } catch (error) {
      if (codeOf(error) !== 'FUNCTION_NOT_YET_DEPLOYED') throw error;
      throw this.notDeployed(`Function ${this.options.function}`);
    }
    const { Configuration } = this.serverless.service.provider.remoteFunctionData;
    return Configuration.Environment?.Variables ?? {};
  }

  /** @param {string} what */
  notDeployed(what) {
    const stage = this.serverless.getProvider('aws').getStage();
    return new this.serverless.classes.Error(
      `${what} is not deployed in stage ${stage}. ` +
        `Run \`sls deploy --stage ${stage}\` first, or \`make up STAGE=${stage}\` on this machine.`
    );
  }
}

module.exports = DeployedEnvironment;
