'use strict';

// Compiles what the functions import. Lambda's disk is read-only and its zips have no modification
// times: without bytecode every cold start would compile every module, and it would not trust bytecode
// that it has to check.

const fs = require('node:fs');
const { filesIn } = require('./files');

// The same version as Lambda's, because Python ignores the bytecode of another version.
const findPython = (tools, version) => {
  // pyenv's shims refuse to run without a version.
  const env = { PYENV_VERSION: version, UV_PYTHON_DOWNLOADS: 'manual', UV_HTTP_RETRIES: '0' };
  const find = () => tools.run(tools.uv, ['python', 'find', '--no-project', version], env);
  let found = find();
  if (found.status !== 0 && tools.run(tools.uv, ['python', 'install', version], env).status === 0) {
    found = find();
  }
  return found.status === 0 ? found.stdout.trim() : null;
};

class Bytecode {
  // Without a Python it compiles nothing.
  constructor(tools, python) {
    this.tools = tools;
    this.python = python;
  }

  version() {
    return this.python ? this.tools.must(this.python, ['-VV']) : '';
  }

  compile(folder, deployedAt, ...options) {
    if (!this.python) return;
    const mode = ['--invalidation-mode', 'unchecked-hash', ...options];
    const places = ['-s', folder, '-p', deployedAt, folder];
    this.tools.must(this.python, ['-Im', 'compileall', '-q', ...mode, ...places]);
  }

  // Our own code has bytecode alone, in the place of its source (PEP 3147), and no docstrings: the
  // contract already has them.
  compileAway(folder, deployedAt) {
    if (!this.python) return;
    this.compile(folder, deployedAt, '-b', '-o', '2');
    for (const file of filesIn(folder)) if (file.endsWith('.py')) fs.rmSync(file);
  }
}

module.exports = { Bytecode, findPython };
