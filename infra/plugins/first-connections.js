'use strict';

// Says by which read each function opens its connection to DynamoDB while it starts: `CONNECT_BY`,
// for src/artisthub/shared/dynamodb.py. Generated from the function's permissions, because DynamoDB
// counts a read that the role does not permit, or with another key, as an error of ours.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html

const READS = ['GetItem', 'Query', 'BatchGetItem'];
const INDEX = /^\$\{(\w+)\.Arn\}\/index\/(\w+)$/;

class FirstConnections {
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

  readsOf({ iamRoleStatements = [], environment = {} }) {
    return READS.flatMap((read) =>
      iamRoleStatements
        .filter(({ Action }) => Action.includes(`dynamodb:${read}`))
        .flatMap(({ Resource }) => [Resource].flat().map(partsOf))
        .map(([table, index]) => this.describe(read, settingOf(environment, table), table, index))
        .filter(Boolean)
    );
  }

  describe(read, setting, table, index) {
    const { Type, Properties } = this.serverless.service.resources.Resources[table] ?? {};
    if (!setting || Type !== 'AWS::DynamoDB::Table') return null;
    const keyed = index
      ? Properties?.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === index)
      : Properties;
    if (!keyed?.KeySchema) return null; // for `sls validate` to say
    const key = keyed.KeySchema.filter(({ KeyType }) => read !== 'Query' || KeyType === 'HASH');
    const names = key.map(({ AttributeName }) => AttributeName).join(',');
    return [read, setting, names, index].filter(Boolean).join(' ');
  }
}

// Of the ARN that a permission is for: the table's logical id, and the index's name if it is one's.
const partsOf = (resource) => {
  if (resource['Fn::GetAtt']) return [resource['Fn::GetAtt'][0]];
  return (INDEX.exec(resource['Fn::Sub'] ?? '') ?? []).slice(1);
};

const settingOf = (environment, table) =>
  Object.keys(environment).find((name) => table && environment[name]?.Ref === table);

module.exports = FirstConnections;
