'use strict';

// Makes routes and integrations a few at a time, and the stage last. All integrations wait for the
// role of api-invoker.js, so CloudFormation would make 56 of them in the same second. API Gateway takes
// 10 calls a second from an account, 40 at once, and refuses changes of one API that meet each other;
// CloudFormation does not try all of them again. A stage that is there deploys itself at each route.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
// https://github.com/aws/aws-toolkit-visual-studio/issues/296
// https://github.com/brefphp/bref/issues/868

const LANES = 5;
const TYPES = ['AWS::ApiGatewayV2::Integration', 'AWS::ApiGatewayV2::Route'];

class ApiLanes {
  constructor(serverless) {
    this.serverless = serverless;
    this.hooks = {
      'after:aws:package:finalize:mergeCustomProviderResources': () => this.queue(),
    };
  }

  queue() {
    const { Resources } = this.serverless.service.provider.compiledCloudFormationTemplate;
    const queued = TYPES.flatMap((type) =>
      Object.keys(Resources).filter((id) => Resources[id].Type === type)
    );
    queued.slice(LANES).forEach((id, before) => waitFor(Resources[id], [queued[before]]));
    if (Resources.HttpApiStage) waitFor(Resources.HttpApiStage, queued.slice(-LANES));
  }
}

const waitFor = (resource, ids) => {
  resource.DependsOn = [...new Set([resource.DependsOn ?? [], ids].flat())];
};

module.exports = ApiLanes;
