'use strict';

// Finds the file that declares each function and resource. osls merges the files.

const fs = require('node:fs');
const path = require('node:path');
const { isObject } = require('../shared');

/**
 * @import { Content, Serverless } from '../osls'
 * @import { Declared } from './types'
 */

class Declarations {
  /** @param {Serverless} serverless */
  constructor(serverless) {
    this.serverless = serverless;
    this.naming = serverless.getProvider('aws').naming;
  }

  /**
   * @param {string} file
   * @returns {Content}
   */
  read(file) {
    return this.serverless.utils.readFileSync(path.join(this.serverless.serviceDir, file));
  }

  /** @param {string} folder */
  filesOf(folder) {
    const files = fs.readdirSync(path.join(this.serverless.serviceDir, folder)).sort();
    return files.filter((file) => file.endsWith('.yml')).map((file) => `${folder}/${file}`);
  }

  /**
   * Each key of a section with its file: serverless.yml or a file that it includes.
   *
   * @param {string} section
   * @param {string} folder
   * @param {(content: Content) => Content} pick
   * @returns {Declared[]}
   */
  declared(section, folder, pick) {
    const inline = [this.read('serverless.yml')[section] ?? []].flat().filter(isObject);
    const sources = [
      ...inline.map((content) => ({ file: 'serverless.yml', content })),
      ...this.filesOf(folder).map((file) => ({ file, content: this.read(file) })),
    ];
    return sources.flatMap(({ file, content }) =>
      Object.keys(pick(content) ?? {}).map((key) => /** @type {Declared} */ ([key, file]))
    );
  }

  functions() {
    return this.declared('functions', 'infra/functions', (content) => content);
  }

  /** @param {string} section A section of the CloudFormation template, such as Resources. */
  logicalIds(section) {
    return this.declared('resources', 'infra/resources', (content) => content[section]);
  }

  /** @param {string | undefined} name */
  fileOfFunction(name) {
    return this.functions().find(([key]) => key === name)?.[1] ?? 'serverless.yml';
  }

  /**
   * The yml file that a resource of the compiled template comes from.
   *
   * @param {string} logicalId
   */
  fileOfResource(logicalId) {
    const [, file] = this.logicalIds('Resources').find(([id]) => id === logicalId) ?? [];
    return file ?? this.fileOfFunction(this.functionOf(logicalId));
  }

  /** @param {string} logicalId */
  functionOf(logicalId) {
    return this.serverless.service.getAllFunctions().find((name) => {
      const normalized = this.naming.getNormalizedFunctionName(name);
      return [
        this.naming.getLambdaLogicalId(name),
        this.naming.getLogGroupLogicalId(name),
        `${normalized}${this.naming.getRoleLogicalId()}`,
        `HttpApiIntegration${normalized}`,
      ].includes(logicalId);
    });
  }
}

module.exports = Declarations;
