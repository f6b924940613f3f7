'use strict';

// Checks the number of resources in the stack, and reports how many more fit.

/**
 * @import { Template } from '../osls'
 * @import { Add } from './types'
 */

const MAX_RESOURCES = 480; // a stack can have 500; see decision 0015
const RESOURCES_OF_OPERATION = 5; // its route, and its function with a role, log group and integration

/** @type {(template: Template, add: Add) => void} */
const checkSize = ({ Resources }, add) => {
  const count = Object.keys(Resources).length;
  if (count <= MAX_RESOURCES) return;
  const rule = `at most ${MAX_RESOURCES} (docs/decisions/0015-functions-by-permission.md)`;
  add('serverless.yml', `${count} CloudFormation resources, ${rule}`);
};

/** @type {(template: Template, stage: string) => string} */
const sizeOf = ({ Resources }, stage) => {
  const count = Object.keys(Resources).length;
  const size = `${count} CloudFormation resources in stage ${stage}`;
  const left = MAX_RESOURCES - count;
  if (left < 0) return size;
  const functions = Math.floor(left / RESOURCES_OF_OPERATION);
  const room = `${functions} operations with a function each, or ${left} in functions that exist`;
  return `${size}\nRoom for ${left} more: ${room}`;
};

module.exports = { checkSize, sizeOf };
