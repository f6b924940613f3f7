'use strict';

// Hides osls's warning about each timeout over 30 s, the limit of HTTP APIs. serverless.yml gives
// every function 60 s, and so many warnings would hide others. osls sees 29 s while it compares.

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
