'use strict';

// Checks the yml files. When osls merges them, the last of two equal keys silently wins.

const { isObject } = require('../shared');

/**
 * @import { Service, Template } from '../osls'
 * @import Declarations from './declarations'
 * @import { Add, Declared } from './types'
 */

/** @type {(keyof Template)[]} */
const SECTIONS = ['Resources', 'Outputs', 'Conditions', 'Mappings'];

/** @type {(declarations: Declarations, service: Service, add: Add) => void} */
const checkSources = (declarations, service, add) => {
  const functions = declarations.functions();
  checkTwice(functions, 'function', add);
  for (const [name, file] of functions) {
    const included = service.functions[name];
    if (!included) add(file, `serverless.yml does not include this file, so ${name} is lost`);
    else if (!included.iamRoleStatements) add(file, `${name} has no iamRoleStatements`);
  }
  for (const section of SECTIONS) {
    checkTwice(declarations.logicalIds(section), `logical id of ${section}`, add);
  }
  checkStages(declarations, add);
};

/** @type {(declared: Declared[], what: string, add: Add) => void} */
const checkTwice = (declared, what, add) => {
  const seen = new Map();
  for (const [key, file] of declared) {
    if (seen.has(key)) add(`${seen.get(key)}, ${file}`, `${what} ${key} is declared twice`);
    seen.set(key, file);
  }
};

/** @type {(declarations: Declarations, add: Add) => void} */
const checkStages = (declarations, add) => {
  const files = declarations.filesOf('infra/stages');
  const stages = files.map((file) => ({ file, keys: keysOf(declarations.read(file)) }));
  const all = new Set(stages.flatMap(({ keys }) => keys));
  for (const { file, keys } of stages) {
    const missing = [...all].filter((key) => !keys.includes(key));
    if (missing.length) add(file, `other stages have ${missing.join(', ')}`);
  }
};

/** @type {(stage: object) => string[]} */
const keysOf = (stage) =>
  Object.entries(stage).flatMap(([key, value]) =>
    isObject(value) ? Object.keys(value).map((inner) => `${key}.${inner}`) : [key]
  );

/**
 * `template` is what osls generates, without the resources of the yml files.
 *
 * @type {(declarations: Declarations, template: Template, add: Add) => void}
 */
const checkGeneratedIds = (declarations, template, add) => {
  for (const section of SECTIONS) {
    const generated = template[section] ?? {};
    for (const [id, file] of declarations.logicalIds(section)) {
      if (id in generated) add(file, `${id} would overwrite what osls generates in ${section}`);
    }
  }
};

module.exports = { checkGeneratedIds, checkSources };
