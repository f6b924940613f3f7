'use strict';

// Runs the tools that `make install` puts into .venv.

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

/** @import { Progress, Serverless } from '../osls' */

class Tools {
  /**
   * @param {Serverless} serverless
   * @param {Progress} progress
   */
  constructor(serverless, progress) {
    this.serverless = serverless;
    this.progress = progress;
    this.python = path.join(serverless.serviceDir, '.venv/bin/python');
    this.uv = path.join(serverless.serviceDir, '.venv/bin/uv');
  }

  install() {
    if (fs.existsSync(this.uv)) return;
    this.progress.notice('Installing the tools (make install)');
    this.must('make', ['--silent', 'install']);
  }

  /**
   * @param {string} command
   * @param {string[]} args
   * @param {Record<string, string>} env
   */
  run(command, args, env = {}) {
    const result = spawnSync(command, args, {
      cwd: this.serverless.serviceDir,
      env: { ...process.env, ...env },
      encoding: 'utf8',
    });
    if (result.error) throw this.error(`${command}: ${result.error.message}`);
    return result;
  }

  /**
   * @param {string} command
   * @param {string[]} args
   */
  must(command, args) {
    const result = this.run(command, args);
    if (result.status !== 0) {
      const output = `${result.stderr}${result.stdout}`;
      throw this.error(`${path.basename(command)} ${args[0]} failed:\n${output}`);
    }
    return result.stdout.trim();
  }

  /** @param {string} message */
  error(message) {
    return new this.serverless.classes.Error(message);
  }
}

module.exports = Tools;
