'use strict';

/** @import { Content, OslsPlugin, Serverless } from './osls' */

/** @type {(serverless: Serverless, name: string) => OslsPlugin} */
const pluginOf = ({ pluginManager, classes }, name) => {
  const plugin = pluginManager.plugins.find((each) => each.constructor.name === name);
  if (!plugin) throw new classes.Error(`osls has no plugin ${name} any more`);
  return plugin;
};

/** @type {(error: unknown) => unknown} */
const codeOf = (error) => (error instanceof Error && 'code' in error ? error.code : undefined);

/** @type {(value: Content) => boolean} */
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

module.exports = { codeOf, isObject, pluginOf };
