'use strict';

// Gives every table an alarm on throttled reads and writes, including those of its indexes. A table
// missing from a manual list would have no alarm.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html

/** @import { Resource, Serverless, Table } from './osls' */

class TableAlarms {
  /** @param {Serverless} serverless */
  constructor(serverless) {
    this.serverless = serverless;
    this.hooks = {
      'after:aws:package:finalize:mergeCustomProviderResources': () => this.watch(),
    };
  }

  watch() {
    const { Resources } = this.serverless.service.provider.compiledCloudFormationTemplate;
    const { throttledEvents } = this.serverless.service.custom.stage.alarms;
    for (const [logicalId, { Type, Properties }] of Object.entries(Resources)) {
      if (Type === 'AWS::DynamoDB::Table') {
        Resources[`${logicalId}ThrottledAlarm`] = alarm(logicalId, Properties, throttledEvents);
      }
    }
  }
}

/** @type {(table: string, properties: Table, threshold: number) => Resource} */
const alarm = (table, { GlobalSecondaryIndexes = [] }, threshold) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    AlarmDescription: `DynamoDB throttles ${table}: it has a hot key, or traffic more than doubled suddenly.`,
    Metrics: [
      {
        Id: 'throttled',
        Expression: 'SUM(FILL(METRICS(), 0))',
        Label: 'Throttled reads and writes',
      },
      ...[undefined, ...GlobalSecondaryIndexes.map(({ IndexName }) => IndexName)].flatMap(
        (index, number) => [
          metric(`reads${number}`, 'ReadThrottleEvents', table, index),
          metric(`writes${number}`, 'WriteThrottleEvents', table, index),
        ]
      ),
    ],
    EvaluationPeriods: 5,
    DatapointsToAlarm: 3,
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: threshold,
    TreatMissingData: 'notBreaching',
    AlarmActions: [{ Ref: 'AlarmTopic' }],
    OKActions: [{ Ref: 'AlarmTopic' }],
  },
});

/** @type {(id: string, name: string, table: string, index?: string) => object} */
const metric = (id, name, table, index) => ({
  Id: id,
  ReturnData: false,
  MetricStat: {
    Metric: {
      Namespace: 'AWS/DynamoDB',
      MetricName: name,
      Dimensions: [
        { Name: 'TableName', Value: { Ref: table } },
        ...(index ? [{ Name: 'GlobalSecondaryIndexName', Value: index }] : []),
      ],
    },
    Period: 60,
    Stat: 'Sum',
  },
});

module.exports = TableAlarms;
