'use strict';

// Checks the compiled template for public routes, wide permissions and its size.

const { isObject } = require('../shared');
const { checkSize } = require('./size');

/**
 * @import { Content, Reference, Resource, Statement, Template } from '../osls'
 * @import Declarations from './declarations'
 * @import { Add } from './types'
 */

const IAM_TYPES = ['AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'];
const OBJECT_ACTIONS = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'];
// AWS names backups and recovery points when it creates them.
/** @type {Record<string, RegExp>} */
const NAMED_LATER = {
  'dynamodb:DeleteBackup,dynamodb:DescribeBackup': /^\$\{\w+Table\.Arn\}\/backup\/\*$/,
  'backup:TagResource': /:\$\{AWS::AccountId\}:recovery-point:\*$/,
};

/** @type {(template: Template, declarations: Declarations, add: Add) => void} */
const checkTemplate = (template, declarations, add) => {
  checkRoutes(template, declarations, add);
  checkPermissions(template, declarations, add);
  checkSize(template, add);
};

/** @type {(template: Template, ...types: string[]) => [string, Resource][]} */
const resourcesOf = (template, ...types) =>
  Object.entries(template.Resources).filter(([, { Type }]) => types.includes(Type));

/** @type {(template: Template, declarations: Declarations, add: Add) => void} */
const checkRoutes = (template, declarations, add) => {
  const publicRoutes = declarations.read('infra/public-routes.yml');
  const open = new Set();
  for (const [, { Properties }] of resourcesOf(template, 'AWS::ApiGatewayV2::Route')) {
    if (Properties.AuthorizerId) continue;
    open.add(Properties.RouteKey);
    if (publicRoutes[Properties.RouteKey]) continue;
    const integration = Properties.Target['Fn::Join'][1].find(isObject).Ref;
    add(
      declarations.fileOfResource(integration),
      `${Properties.RouteKey} has no authorizer and is not in infra/public-routes.yml`
    );
  }
  for (const route of Object.keys(publicRoutes)) {
    if (!open.has(route)) add('infra/public-routes.yml', `${route} is not a public route`);
  }
};

/** @type {(template: Template, declarations: Declarations, add: Add) => void} */
const checkPermissions = (template, declarations, add) => {
  for (const [logicalId, { Properties }] of resourcesOf(template, ...IAM_TYPES)) {
    const file = declarations.fileOfResource(logicalId);
    const policies = [...(Properties.Policies ?? []), Properties].filter((p) => p.PolicyDocument);
    if (Properties.ManagedPolicyArns) add(file, `${logicalId} has a managed policy`);
    for (const statement of policies.flatMap((policy) => policy.PolicyDocument.Statement)) {
      const problem = tooWide(statement, template);
      if (problem) add(file, `${logicalId} allows ${problem}`);
    }
  }
};

/** @type {(statement: Statement, template: Template) => string | null} */
const tooWide = ({ Effect, Action, Resource, NotAction, NotResource }, template) => {
  if (Effect !== 'Allow') return null;
  if (NotAction || NotResource) return 'everything except NotAction or NotResource';
  if (hasWildcard(Action)) return `a wildcard action: ${JSON.stringify(Action)}`;
  const isObjectAccess = [Action].flat().every((action) => OBJECT_ACTIONS.includes(action));
  const named = NAMED_LATER[[Action].flat().sort().join()];
  const wide = [Resource]
    .flat()
    .filter((arn) => hasWildcard(arn) && !(isObjectAccess && isFolderOfOurs(arn, template)))
    .filter((arn) => !named?.test(arn['Fn::Sub'] ?? ''));
  return wide.length ? `a wildcard resource: ${JSON.stringify(wide)}` : null;
};

/** @type {(value: Content) => boolean} */
const hasWildcard = (value) => {
  if (typeof value === 'string') return value.includes('*');
  return value !== null && typeof value === 'object' && Object.values(value).some(hasWildcard);
};

// Objects get their names later, so a permission can only name their folder (decision 0006).
/** @type {(arn: Reference, template: Template) => boolean} */
const isFolderOfOurs = (arn, template) => {
  const [, bucket] = /^\$\{(\w+)\.Arn\}\/[\w/-]+\/\*$/.exec(arn['Fn::Sub'] ?? '') ?? [];
  return template.Resources[bucket]?.Type === 'AWS::S3::Bucket';
};

module.exports = { checkTemplate };
