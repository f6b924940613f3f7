'use strict';

// Lets `sls invoke local` run a function with the Python of .venv, the sources and the files of the
// function's layers. osls would use the first Python of the PATH, which has no dependencies.

const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { fillDocsPage, sourcesOf } = require('./packaging/docs-page');
const Tools = require('./packaging/tools');

/** @import { FunctionEntry, Options, Serverless, Utils } from './osls' */

class LocalPython {
  /**
   * @param {Serverless} serverless
   * @param {Options} options
   * @param {Utils} utils
   */
  constructor(serverless, options, { progress }) {
    this.serverless = serverless;
    this.tools = new Tools(serverless, progress.get('main'));
    this.hooks = {
      'before:invoke:local:invoke': () => this.use(options.functionObj),
    };
  }

  /** @param {string[]} parts */
  path(...parts) {
    return path.join(this.serverless.serviceDir, ...parts);
  }

  /** @param {FunctionEntry} functionObject */
  use(functionObject) {
    this.tools.install();
    const importable = [this.path('src')];
    if (functionObject.layers?.some(({ Ref }) => Ref === 'SwaggerUiLambdaLayer')) {
      importable.push(this.swaggerUi());
    }
    process.env.VIRTUAL_ENV = this.path('.venv');
    process.env.PYTHONPATH = importable.join(path.delimiter);
  }

  swaggerUi() {
    const service = this.serverless.serviceDir;
    const state = crypto.createHash('sha256');
    for (const source of sourcesOf(service)) state.update(source);
    const folder = this.path('.build', `swagger-ui-${state.digest('hex').slice(0, 16)}`);
    if (fs.existsSync(folder)) return folder;
    fs.mkdirSync(this.path('.build'), { recursive: true });
    const unfinished = fs.mkdtempSync(`${folder}-`);
    fillDocsPage(service, unfinished);
    fs.renameSync(unfinished, folder);
    return folder;
  }
}

module.exports = LocalPython;
