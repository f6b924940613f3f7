'use strict';

// Compiles the modules that functions import. Lambda's disk is read-only, so without bytecode every
// cold start would compile every module. The bytecode is unchecked, because the zips have no
// modification times.

/** @import Tools from './tools' */

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
    this.run(folder, deployedAt, []);
  }

  /**
   * Puts the bytecode, without docstrings, beside the sources, so that it can replace them (PEP 3147).
   *
   * @param {string} folder
   * @param {string} deployedAt
   */
  compileBeside(folder, deployedAt) {
    this.run(folder, deployedAt, ['-b', '-o', '2']);
  }

  /**
   * @param {string} folder
   * @param {string} deployedAt
   * @param {string[]} options
   */
  run(folder, deployedAt, options) {
    if (!this.python) return;
    const mode = ['--invalidation-mode', 'unchecked-hash', ...options];
    const places = ['-s', folder, '-p', deployedAt, folder];
    this.tools.must(this.python, [...PLAIN, '-m', 'compileall', '-q', ...mode, ...places]);
  }
}

module.exports = Bytecode;
