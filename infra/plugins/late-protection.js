'use strict';

// Protects new tables and user pools against deletion after their deployment has succeeded.
// CloudFormation cannot delete protected resources, so a failed deployment would leave them behind,
// outside every stack. They are created without protection, and a second update of the stack
// protects them. Templates of `sls package` and `sls rollback` have them protected.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html
// https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-deletion-protection.html

const { isDeepStrictEqual } = require('node:util');
const {
  CloudFormationClient,
  paginateListStackResources,
} = require('@aws-sdk/client-cloudformation');
const { pluginOf } = require('./shared');

/** @import { Options, Serverless, Template, Utils } from './osls' */

/** @type {Record<string, object>} */
const UNPROTECTED = {
  'AWS::DynamoDB::Table': { DeletionProtectionEnabled: false },
  'AWS::Cognito::UserPool': { DeletionProtection: 'INACTIVE' },
};

class LateProtection {
  /**
   * @param {Serverless} serverless
   * @param {Options} _options
   * @param {Utils} utils
   */
  constructor(serverless, _options, { progress }) {
    this.serverless = serverless;
    this.progress = progress.get('main');
    this.hooks = {
      'before:aws:deploy:deploy:uploadArtifacts': () => this.postpone(),
      'after:aws:deploy:deploy:updateStack': () => this.protect(),
    };
  }

  get service() {
    return this.serverless.service.provider;
  }

  async postpone() {
    if (this.service.shouldNotDeploy) return;
    const template = this.service.compiledCloudFormationTemplate;
    const unprotected = withoutProtection(template, await this.existing());
    if (isDeepStrictEqual(unprotected, template)) return;
    this.protectedTemplate = template;
    this.service.compiledCloudFormationTemplate = unprotected;
  }

  // The logical ids of the resources in the stack.
  async existing() {
    const aws = this.serverless.getProvider('aws');
    const client = new CloudFormationClient(await aws.getAwsSdkV3Config());
    /** @type {(string | undefined)[]} */
    const ids = [];
    const StackName = aws.naming.getStackName();
    for await (const page of paginateListStackResources({ client }, { StackName })) {
      ids.push(
        ...(page.StackResourceSummaries ?? []).map(({ LogicalResourceId }) => LogicalResourceId)
      );
    }
    return ids;
  }

  async protect() {
    if (!this.protectedTemplate) return;
    this.progress.notice('Protecting new tables and accounts against deletion');
    this.service.compiledCloudFormationTemplate = this.protectedTemplate;
    const deploy = pluginOf(this.serverless, 'AwsDeploy');
    await deploy.uploadCloudFormationFile();
    await deploy.updateStack();
  }
}

/** @type {(template: Template, existing: (string | undefined)[]) => Template} */
const withoutProtection = ({ Resources, ...others }, existing) => ({
  ...others,
  Resources: Object.fromEntries(
    Object.entries(Resources).map(([id, resource]) => {
      const isNew = resource.Type in UNPROTECTED && !existing.includes(id);
      if (!isNew) return [id, resource];
      const Properties = { ...resource.Properties, ...UNPROTECTED[resource.Type] };
      return [id, { ...resource, Properties }];
    })
  ),
});

module.exports = LateProtection;
