'use strict';

// Lets the user pool call the functions that it has as triggers, and gives them their permissions on
// the pool. The pool depends on its triggers, so a role that names the pool would be a circle. These
// permissions are a separate policy, which CloudFormation attaches after the pool.
// https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html

/** @import { Resource, Serverless, Statement } from './osls' */

class PoolTriggers {
  /** @param {Serverless} serverless */
  constructor(serverless) {
    this.serverless = serverless;
    this.hooks = {
      'after:aws:package:finalize:mergeCustomProviderResources': () => this.connect(),
    };
  }

  connect() {
    const { Resources } = this.serverless.service.provider.compiledCloudFormationTemplate;
    const pool = Resources.UserPool;
    pool.DependsOn = [];
    const called = new Set();
    for (const [name, trigger] of Object.entries(pool.Properties.LambdaConfig)) {
      const [logicalId] = trigger['Fn::GetAtt'];
      if (called.has(logicalId)) continue; // a function has one permission for all its triggers
      called.add(logicalId);
      Resources[`${name}Permission`] = permission(logicalId);
      pool.DependsOn.push(`${name}Permission`);
      const roleId = Resources[logicalId].Properties.Role['Fn::GetAtt'][0];
      const [policy] = Resources[roleId].Properties.Policies;
      /** @type {Statement[]} */
      const all = policy.PolicyDocument.Statement;
      const onPool = all.filter(namesPool);
      if (!onPool.length) continue;
      policy.PolicyDocument.Statement = all.filter((one) => !namesPool(one));
      Resources[`${name}Policy`] = policyOf(roleId, onPool);
    }
  }
}

/** @type {(statement: Statement) => boolean} */
const namesPool = ({ Resource }) => JSON.stringify(Resource).includes('"UserPool"');

// The pool cannot be named here either. Only pools of the same account and region match.
/** @type {(logicalId: string) => Resource} */
const permission = (logicalId) => ({
  Type: 'AWS::Lambda::Permission',
  Properties: {
    Action: 'lambda:InvokeFunction',
    FunctionName: { 'Fn::GetAtt': [logicalId, 'Arn'] },
    Principal: 'cognito-idp.amazonaws.com',
    SourceAccount: { Ref: 'AWS::AccountId' },
    SourceArn: {
      'Fn::Sub': `arn:\${AWS::Partition}:cognito-idp:\${AWS::Region}:\${AWS::AccountId}:userpool/*`,
    },
  },
});

/** @type {(role: string, statements: Statement[]) => Resource} */
const policyOf = (role, statements) => ({
  Type: 'AWS::IAM::Policy',
  Properties: {
    PolicyName: 'use-the-pool',
    PolicyDocument: { Version: '2012-10-17', Statement: statements },
    Roles: [{ Ref: role }],
  },
});

module.exports = PoolTriggers;
