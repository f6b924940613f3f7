'use strict';

// Lets API Gateway call the functions with one role, which may call no others. osls creates a
// permission for each function instead, but a stack can have only 500 resources.
// https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html (credentialsArn)
//
// A deployment first updates the role, then moves routes to other functions, and deletes functions
// last. So `replaces` lists the functions that had the routes before: the role can still call them.

/** @import { Reference, Resource, Serverless } from './osls' */

const ROLE = 'ApiInvokerRole';

class ApiInvoker {
  /** @param {Serverless} serverless */
  constructor(serverless) {
    this.serverless = serverless;
    this.naming = serverless.getProvider('aws').naming;
    serverless.configSchemaHandler.defineFunctionProperties('aws', {
      properties: { replaces: { type: 'array', items: { type: 'string' } } },
    });
    this.hooks = {
      'before:aws:package:finalize:mergeCustomProviderResources': () => this.replacePermissions(),
    };
  }

  replacePermissions() {
    const { Resources } = this.serverless.service.provider.compiledCloudFormationTemplate;
    /** @type {Reference[]} */
    const called = [];
    for (const name of this.serverless.service.getAllFunctions()) {
      const integration = Resources[this.naming.getHttpApiIntegrationLogicalId(name)];
      if (!integration) continue;
      integration.Properties.CredentialsArn = { 'Fn::GetAtt': [ROLE, 'Arn'] };
      delete Resources[this.naming.getLambdaHttpApiPermissionLogicalId(name)];
      called.push({ 'Fn::GetAtt': [this.naming.getLambdaLogicalId(name), 'Arn'] });
    }
    if (called.length) Resources[ROLE] = roleToCall(called, this.replaced());
  }

  replaced() {
    const stack = this.naming.getStackName();
    return Object.values(this.serverless.service.functions)
      .flatMap(({ replaces = [] }) => replaces)
      .map((name) => ({
        'Fn::Sub': `arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:${stack}-${name}`,
      }));
  }
}

/** @type {(functions: Reference[], replaced: Reference[]) => Resource} */
const roleToCall = (functions, replaced) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: ['apigateway.amazonaws.com'] },
          Action: ['sts:AssumeRole'],
        },
      ],
    },
    Policies: [
      {
        PolicyName: 'call-functions',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [functions, replaced]
            .filter((resources) => resources.length)
            .map((Resource) => ({ Effect: 'Allow', Action: ['lambda:InvokeFunction'], Resource })),
        },
      },
    ],
  },
});

module.exports = ApiInvoker;
