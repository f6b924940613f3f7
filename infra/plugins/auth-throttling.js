'use strict';

// Gives every route under /v1/auth/ the stricter limits of the stage, because guessing passwords and
// codes must be slow. A route missing from a manual list would have no such limit.

/** @import { Serverless } from './osls' */

const AUTH_ROUTE = /^[A-Z]+ \/v1\/auth\//;

class AuthThrottling {
  /** @param {Serverless} serverless */
  constructor(serverless) {
    this.serverless = serverless;
    this.hooks = {
      'after:aws:package:finalize:mergeCustomProviderResources': () => this.limit(),
    };
  }

  limit() {
    const { Resources } = this.serverless.service.provider.compiledCloudFormationTemplate;
    const { authRate, authBurst } = this.serverless.service.custom.stage.throttling;
    const stage = Resources.HttpApiStage;
    const routes = Object.entries(Resources).filter(
      ([, { Type, Properties }]) =>
        Type === 'AWS::ApiGatewayV2::Route' && AUTH_ROUTE.test(Properties.RouteKey)
    );
    stage.Properties.RouteSettings = {};
    for (const [, { Properties }] of routes) {
      stage.Properties.RouteSettings[Properties.RouteKey] = {
        ...stage.Properties.DefaultRouteSettings,
        ThrottlingRateLimit: authRate,
        ThrottlingBurstLimit: authBurst,
      };
    }
    // AWS refuses settings for a route that does not exist yet.
    stage.DependsOn = [stage.DependsOn ?? [], ...routes.map(([logicalId]) => logicalId)].flat();
  }
}

module.exports = AuthThrottling;
