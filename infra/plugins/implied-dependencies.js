'use strict';

// Removes each DependsOn that a Ref or Fn::GetAtt of the same resource already implies. osls writes
// them, and cfn-lint warns about each. Without them, every warning is worth reading.

/** @import { Content, Serverless } from './osls' */

/** @type {(value: Content) => (string | undefined)[]} */
const referencesIn = (value) => {
  if (value === null || typeof value !== 'object') return [];
  const ownReference = value.Ref ?? value['Fn::GetAtt']?.[0];
  return [ownReference, ...Object.values(value).flatMap(referencesIn)];
};

class ImpliedDependencies {
  /** @param {Serverless} serverless */
  constructor(serverless) {
    this.serverless = serverless;
    this.hooks = { 'before:aws:package:finalize:saveServiceState': () => this.drop() };
  }

  drop() {
    const { Resources } = this.serverless.service.provider.compiledCloudFormationTemplate;
    for (const resource of Object.values(Resources)) {
      if (!resource.DependsOn) continue;
      const implied = new Set(referencesIn(resource.Properties));
      const remaining = [resource.DependsOn].flat().filter((id) => !implied.has(id));
      if (remaining.length) resource.DependsOn = remaining;
      else delete resource.DependsOn;
    }
  }
}

module.exports = ImpliedDependencies;
