'use strict';

// Says by which read each function opens its connection to DynamoDB while it starts: `CONNECT_BY`,
// for src/artisthub/shared/dynamodb.py. Generated from the function's permissions, because DynamoDB
// counts a read that the role does not permit, or with another key, as an error of ours.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html

/** @import { Environment, FunctionEntry, Reference, Serverless, Table } from './osls' */

const READS = ['GetItem', 'Query', 'BatchGetItem'];
const INDEX = /^\$\{(\w+)\.Arn\}\/index\/(\w+)$/;

class FirstConnections {
  /** @param {Serverless} serverless */
  constructor(serverless) {
    this.serverless = serverless;
    this.hooks = { initialize: () => this.choose() };
  }

  choose() {
    for (const entry of Object.values(this.serverless.service.functions)) {
      const read = this.readsOf(entry)[0];
      if (read) entry.environment.CONNECT_BY = read;
    }
  }

  /** @param {FunctionEntry} entry */
  readsOf({ iamRoleStatements = [], environment = {} }) {
    return READS.flatMap((read) =>
      iamRoleStatements
        .filter(({ Action }) => Action.includes(`dynamodb:${read}`))
        .flatMap(({ Resource }) => [Resource].flat().map(partsOf))
        .map(([table, index]) => this.describe(read, settingOf(environment, table), table, index))
        .filter(Boolean)
    );
  }

  /**
   * @param {string} read
   * @param {string | undefined} setting
   * @param {string} table
   * @param {string | undefined} index
   * @returns {string | null}
   */
  describe(read, setting, table, index) {
    const { Type, Properties } = this.serverless.service.resources.Resources[table] ?? {};
    if (!setting || Type !== 'AWS::DynamoDB::Table') return null;
    /** @type {Partial<Table> | undefined} */
    const properties = Properties;
    const keyed = index
      ? properties?.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === index)
      : properties;
    if (!keyed?.KeySchema) return null; // for `sls validate` to say
    const key = keyed.KeySchema.filter(({ KeyType }) => read !== 'Query' || KeyType === 'HASH');
    const names = key.map(({ AttributeName }) => AttributeName).join(',');
    return [read, setting, names, index].filter(Boolean).join(' ');
  }
}

// Of the ARN that a permission is for: the table's logical id, and the index's name if it is one's.
/** @type {(resource: Reference) => string[]} */
const partsOf = (resource) => {
  if (resource['Fn::GetAtt']) return [resource['Fn::GetAtt'][0]];
  return (INDEX.exec(resource['Fn::Sub'] ?? '') ?? []).slice(1);
};

/** @type {(environment: Environment, table: string) => string | undefined} */
const settingOf = (environment, table) =>
  Object.keys(environment).find((name) => {
    const value = environment[name];
    return table && typeof value === 'object' && value.Ref === table;
  });

module.exports = FirstConnections;
