'use strict';

// Compiles the modules that functions import. Lambda's disk is read-only, so without bytecode every
// cold start would compile every module. The bytecode is unchecked, because the zips have no
// modification times.

const path = require('node:path');

/** @import Tools from './tools' */

const COMPILER = path.join(__dirname, 'compile.py');
// Stack traces keep files and lines. Columns would be a quarter of the bytecode.
const PLAIN = ['-I', '-X', 'no_debug_ranges'];

class Bytecode {
  /**
   * Finds Lambda's Python version. Python ignores the bytecode of other versions.
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
   * @param {string | null} python If null, nothing is compiled.
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
   */
  compile(folder, deployedAt) {
    if (!this.python) return;
    const mode = ['--invalidation-mode', 'unchecked-hash'];
    const places = ['-s', folder, '-p', deployedAt, folder];
    this.tools.must(this.python, [...PLAIN, '-m', 'compileall', '-q', ...mode, ...places]);
  }

  /**
   * Our own code has only bytecode, in place of its source (PEP 3147).
   *
   * @param {string} folder
   * @param {string} deployedAt
   */
  compileAway(folder, deployedAt) {
    if (!this.python) return;
    this.tools.must(this.python, [...PLAIN, COMPILER, folder, deployedAt]);
  }
}

module.exports = Bytecode;
