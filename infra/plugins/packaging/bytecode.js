'use strict';

// Compiles what the functions import. Lambda's disk is read-only and its zips have no modification
// times: without bytecode every cold start would compile every module, and it would not trust bytecode
// that it has to check.

const fs = require('node:fs');
const { filesIn } = require('./files');

/** @import Tools from './tools' */

class Bytecode {
  /**
   * The Python of Lambda's version, because Python ignores the bytecode of another version.
   *
   * @param {Tools} tools
   * @param {string} version
   */
  static findPython(tools, version) {
    // pyenv's shims refuse to run without a version.
    const env = { PYENV_VERSION: version, UV_PYTHON_DOWNLOADS: 'manual', UV_HTTP_RETRIES: '0' };
    const run = (/** @type {string[]} */ ...args) => tools.run(tools.uv, ['python', ...args], env);
    let found = run('find', '--no-project', version);
    if (found.status !== 0 && run('install', version).status === 0) {
      found = run('find', '--no-project', version);
    }
    return found.status === 0 ? found.stdout.trim() : null;
  }

  /**
   * @param {Tools} tools
   * @param {string | null} python Without one it compiles nothing.
   */
  constructor(tools, python) {
    this.tools = tools;
    this.python = python;
  }

  version() {
    return this.python ? this.tools.must(this.python, ['-VV']) : '';
  }

  /**
   * @param {string} folder
   * @param {string} deployedAt
   * @param {string[]} options
   */
  compile(folder, deployedAt, ...options) {
    if (!this.python) return;
    const mode = ['--invalidation-mode', 'unchecked-hash', ...options];
    const places = ['-s', folder, '-p', deployedAt, folder];
    this.tools.must(this.python, ['-Im', 'compileall', '-q', ...mode, ...places]);
  }

  /**
   * Our own code has bytecode alone, in the place of its source (PEP 3147), and no docstrings: the
   * contract already has them.
   *
   * @param {string} folder
   * @param {string} deployedAt
   */
  compileAway(folder, deployedAt) {
    if (!this.python) return;
    this.compile(folder, deployedAt, '-b', '-o', '2');
    for (const file of filesIn(folder)) if (file.endsWith('.py')) fs.rmSync(file);
  }
}

module.exports = Bytecode;
