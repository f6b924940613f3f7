'use strict';

// Sets `CONNECT_BY`, the read with which src/artisthub/shared/dynamodb.py opens a connection when a
// function starts. It is derived from the function's permissions, because DynamoDB counts a read
// without permission, or with a wrong key, as a user error.
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
    if (!keyed?.KeySchema) return null; // `sls validate` reports it
    const key = keyed.KeySchema.filter(({ KeyType }) => read !== 'Query' || KeyType === 'HASH');
    const names = key.map(({ AttributeName }) => AttributeName).join(',');
    return [read, setting, names, index].filter(Boolean).join(' ');
  }
}

// The logical id of the table in an ARN, and the name of the index if it has one.
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
