'use strict';

// What the yml files declare, and in which file, before osls merges them.

const fs = require('node:fs');
const path = require('node:path');

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

class Declarations {
  constructor(serverless) {
    this.serverless = serverless;
    this.naming = serverless.getProvider('aws').naming;
  }

  read(file) {
    return this.serverless.utils.readFileSync(path.join(this.serverless.serviceDir, file));
  }

  filesOf(folder) {
    const files = fs.readdirSync(path.join(this.serverless.serviceDir, folder)).sort();
    return files.filter((file) => file.endsWith('.yml')).map((file) => `${folder}/${file}`);
  }

  // [key, file] for each key of a section, over serverless.yml itself and the files it includes.
  declared(section, folder, pick) {
    const inline = [this.read('serverless.yml')[section] ?? []].flat().filter(isObject);
    const sources = [
      ...inline.map((content) => ['serverless.yml', content]),
      ...this.filesOf(folder).map((file) => [file, this.read(file)]),
    ];
    return sources.flatMap(([file, content]) =>
      Object.keys(pick(content) ?? {}).map((key) => [key, file])
    );
  }

  functions() {
    return this.declared('functions', 'infra/functions', (content) => content);
  }

  // section: of the CloudFormation template, such as Resources.
  logicalIds(section) {
    return this.declared('resources', 'infra/resources', (content) => content[section]);
  }

  fileOfFunction(name) {
    return this.functions().find(([key]) => key === name)?.[1] ?? 'serverless.yml';
  }

  // The yml file that a resource of the compiled template comes from.
  fileOfResource(logicalId) {
    const [, file] = this.logicalIds('Resources').find(([id]) => id === logicalId) ?? [];
    return file ?? this.fileOfFunction(this.functionOf(logicalId));
  }

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

module.exports = { Declarations, isObject };
