'use strict';

// Creates few resources of a kind at a time: each waits for the one `width` places before it.
// CloudFormation creates independent resources at once, such as 40 integrations or 44 functions. It
// does not repeat every call that a service throttles, so the deployment would fail. An existing API
// stage deploys itself at each new route, so the stage comes last.
// https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/573

/** @import { Resource, Serverless } from './osls' */

const LANES = [
  // 10 calls a second for an account, 40 at once, and no concurrent changes of one API.
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
  // https://github.com/aws/aws-toolkit-visual-studio/issues/296
  // https://github.com/brefphp/bref/issues/868
  { width: 5, types: ['AWS::ApiGatewayV2::Integration', 'AWS::ApiGatewayV2::Route'] },
  // 15 calls a second; a repeated CreateFunction fails because the function exists.
  // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
  // https://github.com/serverless/serverless/issues/3339
  // https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2075
  { width: 10, types: ['AWS::Lambda::Function', 'AWS::Lambda::EventSourceMapping'] },
  // 10 CreateLogGroup a second.
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
  { width: 10, types: ['AWS::Logs::LogGroup'] },
  // 3 PutMetricAlarm a second.
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
  { width: 3, types: ['AWS::CloudWatch::Alarm'] },
];

class Lanes {
  /** @param {Serverless} serverless */
  constructor(serverless) {
    this.serverless = serverless;
    // After all other plugins have added their resources.
    this.hooks = { 'before:aws:package:finalize:saveServiceState': () => this.queue() };
  }

  queue() {
    const { Resources } = this.serverless.service.provider.compiledCloudFormationTemplate;
    for (const { width, types } of LANES) {
      const queued = types.flatMap((type) =>
        Object.keys(Resources).filter((id) => Resources[id].Type === type)
      );
      for (const [before, id] of queued.slice(width).entries()) {
        waitFor(Resources[id], [queued[before]]);
      }
      if (types.includes('AWS::ApiGatewayV2::Route')) {
        waitFor(Resources.HttpApiStage, queued.slice(-width));
      }
    }
  }
}

/** @type {(resource: Resource, ids: string[]) => void} */
const waitFor = (resource, ids) => {
  resource.DependsOn = [...new Set([resource.DependsOn ?? [], ids].flat())];
};

module.exports = Lanes;
