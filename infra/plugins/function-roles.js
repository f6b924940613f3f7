'use strict';

// Completes serverless-iam-roles-per-function: removes the shared role of all functions, and lets
// each function write only to the streams of its own log group.

/** @import { Resource, Serverless } from './osls' */

const STREAM_ACTIONS = ['logs:CreateLogStream', 'logs:PutLogEvents'];

class FunctionRoles {
  /** @param {Serverless} serverless */
  constructor(serverless) {
    this.serverless = serverless;
    this.naming = serverless.getProvider('aws').naming;
    this.hooks = {
      'before:aws:package:finalize:mergeCustomProviderResources': () => this.tighten(),
    };
  }

  tighten() {
    const { Resources } = this.serverless.service.provider.compiledCloudFormationTemplate;
    const sharedRole = this.naming.getRoleLogicalId();
    /** @type {string[]} */
    const withoutRole = [];
    for (const name of this.serverless.service.getAllFunctions()) {
      const { Properties } = Resources[this.naming.getLambdaLogicalId(name)];
      const role = Properties.Role['Fn::GetAtt']?.[0];
      if (!role || role === sharedRole) withoutRole.push(name);
      else this.tightenRole(Resources[role], this.naming.getLogGroupLogicalId(name));
    }
    if (withoutRole.length) {
      const names = withoutRole.join(', ');
      throw new this.serverless.classes.Error(
        `No iamRoleStatements, and therefore no role: ${names}`
      );
    }
    delete Resources[sharedRole];
  }

  /**
   * @param {Resource} role
   * @param {string} logGroup
   */
  tightenRole(role, logGroup) {
    const [logs] = role.Properties.Policies[0].PolicyDocument.Statement;
    logs.Action = STREAM_ACTIONS;
    // CloudFormation's ARN of the group already ends with `:*` for its streams.
    logs.Resource = [{ 'Fn::GetAtt': [logGroup, 'Arn'] }];
    delete role.Properties.ManagedPolicyArns;
  }
}

module.exports = FunctionRoles;
