'use strict';

// The guide gives every function 60 s. HTTP API gives up after 30 s, and osls says so of each
// function at each command, until nobody reads its warnings: it is shown 29 s where it compares.

/** @import { Serverless } from './osls' */

class KnownTimeout {
  /** @param {Serverless} serverless */
  constructor(serverless) {
    const functions = () => Object.values(serverless.service.functions);
    const timeouts = new Map();
    this.hooks = {
      'before:package:compileEvents': () => {
        for (const lambda of functions()) {
          timeouts.set(lambda, lambda.timeout);
          lambda.timeout = 29;
        }
      },
      'after:package:compileEvents': () => {
        for (const lambda of functions()) lambda.timeout = timeouts.get(lambda);
      },
    };
  }
}

module.exports = KnownTimeout;
