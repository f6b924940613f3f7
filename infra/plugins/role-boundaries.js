'use strict';

// Gives every role of the stack the permissions boundary of its stage, from infra/deploy-role.yml.
// The deploy role may create and change only roles that have it.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html

/** @import { Serverless } from './osls' */

class RoleBoundaries {
  /** @param {Serverless} serverless */
  constructor(serverless) {
    this.serverless = serverless;
    this.hooks = {
      'after:aws:package:finalize:mergeCustomProviderResources': () => this.bound(),
    };
  }

  bound() {
    const { Resources } = this.serverless.service.provider.compiledCloudFormationTemplate;
    const stage = this.serverless.getProvider('aws').getStage();
    const policy = `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:policy/artisthub-boundary-${stage}`;
    for (const { Type, Properties } of Object.values(Resources)) {
      if (Type === 'AWS::IAM::Role') Properties.PermissionsBoundary = { 'Fn::Sub': policy };
    }
  }
}

module.exports = RoleBoundaries;
