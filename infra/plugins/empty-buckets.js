'use strict';

// Empties the buckets that `sls remove` deletes. S3 refuses to delete a bucket with objects, and the
// stack would end in DELETE_FAILED. osls empties only its own bucket. The deployed template, not the
// stage's file, says which buckets the stack deletes; others are not touched.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html

const { CloudFormation } = require('@aws-sdk/client-cloudformation');
const { S3, paginateListObjectsV2 } = require('@aws-sdk/client-s3');
const { pluginOf } = require('./shared');

/** @import { Resource, Serverless } from './osls' */

/** @type {(resource: Resource) => boolean} */
const isDeleted = ({ Type, DeletionPolicy }) =>
  Type === 'AWS::S3::Bucket' && !/^Retain/.test(DeletionPolicy ?? 'Delete');

class EmptyBuckets {
  /** @param {Serverless} serverless */
  constructor(serverless) {
    this.serverless = serverless;
    this.provider = serverless.getProvider('aws');
    this.hooks = { 'before:remove:remove': () => this.emptyWithOsls() };
  }

  // osls empties its bucket after it has checked that the stack can be removed.
  emptyWithOsls() {
    const remover = pluginOf(this.serverless, 'AwsRemove');
    const emptyOwnBucket = remover.emptyS3Bucket.bind(remover);
    remover.emptyS3Bucket = async () => {
      await this.empty();
      await emptyOwnBucket();
    };
  }

  async empty() {
    const config = await this.provider.getAwsSdkV3Config();
    const s3 = new S3(config);
    for (const bucket of await this.deletedBuckets(new CloudFormation(config))) {
      for await (const { Contents } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket })) {
        if (Contents?.length) await this.deleteObjects(s3, bucket, Contents);
      }
    }
  }

  /** @param {CloudFormation} cloudFormation */
  async deletedBuckets(cloudFormation) {
    const stack = { StackName: this.provider.naming.getStackName() };
    const { TemplateBody = '{}' } = await cloudFormation.getTemplate(stack);
    /** @type {Record<string, Resource>} */
    const resources = JSON.parse(TemplateBody).Resources;
    const deleted = Object.keys(resources).filter((id) => isDeleted(resources[id]));
    const { StackResources = [] } = await cloudFormation.describeStackResources(stack);
    return StackResources.filter(({ LogicalResourceId = '' }) =>
      deleted.includes(LogicalResourceId)
    )
      .filter(({ ResourceStatus }) => ResourceStatus !== 'DELETE_COMPLETE')
      .map(({ PhysicalResourceId }) => PhysicalResourceId);
  }

  /**
   * @param {S3} s3
   * @param {string | undefined} bucket
   * @param {{ Key?: string }[]} contents
   */
  async deleteObjects(s3, bucket, contents) {
    const objects = contents.map(({ Key }) => ({ Key }));
    const { Errors = [] } = await s3.deleteObjects({
      Bucket: bucket,
      Delete: { Objects: objects },
    });
    if (!Errors.length) return;
    const [{ Key, Code }] = Errors;
    throw new this.serverless.classes.Error(
      `${bucket} cannot be emptied, so the stack cannot be removed: ${Code} for ${Key}`
    );
  }
}

module.exports = EmptyBuckets;
