'use strict';

// Lets only one `sls` at a time package in this folder. osls works in .serverless/ and empties it at
// each start, so concurrent commands would mix their packages. Others may package while CloudFormation
// updates the stack. After that, osls reads the service's state once more, so it is put back.

const fs = require('node:fs');
const path = require('node:path');
const { isPackaging } = require('./packaging/commands');
const { codeOf } = require('./shared');

const TIMEOUT_MS = 10 * 60 * 1000;

/** @import { Hooks, Options, Serverless, Utils } from './osls' */

class OneAtATime {
  /**
   * @param {Serverless} serverless
   * @param {Options} _options
   * @param {Utils} utils
   */
  constructor(serverless, _options, { progress }) {
    this.serverless = serverless;
    this.progress = progress.get('main');
    this.lockFile = path.join(serverless.serviceDir, '.build/lock');
    this.stateFile = path.join(serverless.serviceDir, '.serverless/serverless-state.json');
    /** @type {Buffer | null} */
    this.state = null;
    this.isLocked = false;
    this.hooks = isPackaging(serverless) && {
      initialize: () => this.lock(),
      'after:aws:deploy:deploy:uploadArtifacts': () => this.keepState(),
      'after:aws:deploy:deploy:updateStack': () => this.putStateBack(),
      'after:deploy:deploy': () => this.unlock(),
      'after:validate:package': () => this.unlock(),
    };
  }

  keepState() {
    this.state = fs.existsSync(this.stateFile) ? fs.readFileSync(this.stateFile) : null;
    this.unlock();
  }

  async putStateBack() {
    if (!this.state) return;
    await this.lock();
    fs.mkdirSync(path.dirname(this.stateFile), { recursive: true });
    fs.writeFileSync(this.stateFile, this.state);
  }

  async lock() {
    fs.mkdirSync(path.dirname(this.lockFile), { recursive: true });
    process.on('exit', () => this.unlock());
    const deadline = Date.now() + TIMEOUT_MS;
    while (!this.tryLock()) {
      if (Date.now() > deadline) {
        throw new this.serverless.classes.Error(`Another sls holds ${this.lockFile}`);
      }
      this.progress.notice('Waiting for another sls in this folder');
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  tryLock() {
    try {
      fs.writeFileSync(this.lockFile, String(process.pid), { flag: 'wx' });
      this.isLocked = true;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      if (!this.holderIsAlive()) fs.rmSync(this.lockFile, { force: true });
    }
    return this.isLocked;
  }

  holderIsAlive() {
    try {
      process.kill(Number(fs.readFileSync(this.lockFile, 'utf8')), 0);
      return true;
    } catch (error) {
      return codeOf(error) === 'EPERM';
    }
  }

  unlock() {
    if (this.isLocked) fs.rmSync(this.lockFile, { force: true });
    this.isLocked = false;
  }
}

module.exports = OneAtATime;
