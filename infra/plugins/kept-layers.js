'use strict';

// Keeps every layer of a listed deployment, so that `sls rollback` finds it. osls uploads a layer to
// the folder of the deployment that changed it, and deletes all but the last five folders. A listed
// deployment can then name a deleted layer. Here a layer's key is the hash of its content, outside
// those folders. `sls remove` deletes the layers; until then each change of the packages uses 11 MB.
// osls: compile/layers.js, deploy/lib/cleanup-s3-bucket.js, utils/parse-deployment-object-key.js

const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { pluginOf } = require('./shared');

/** @import { Serverless } from './osls' */

class KeptLayers {
  /** @param {Serverless} serverless */
  constructor(serverless) {
    this.serverless = serverless;
    this.provider = serverless.getProvider('aws');
    this.hooks = {
      'before:package:compileLayers': () => this.forgetDeployedLayers(),
      'after:package:compileLayers': () => this.nameByContent(),
      'before:aws:deploy:deploy:checkForChanges': () => this.compareWithKeptLayers(),
      'before:aws:deploy:deploy:uploadArtifacts': () => this.upload(),
    };
  }

  layers() {
    const { Resources } = this.serverless.service.provider.compiledCloudFormationTemplate;
    return this.serverless.service.getAllLayers().map((name) => {
      const { Content } = Resources[this.provider.naming.getLambdaLayerLogicalId(name)].Properties;
      return { name, Content, artifact: this.serverless.service.getLayer(name).package.artifact };
    });
  }

  // osls would take the key of an unchanged layer from the stack, and needs AWS for it even to package.
  forgetDeployedLayers() {
    pluginOf(this.serverless, 'AwsCompileLayers').compareWithLastLayer = async () => {};
  }

  nameByContent() {
    const { Outputs } = this.serverless.service.provider.compiledCloudFormationTemplate;
    const stage = `${this.serverless.service.service}/${this.provider.getStage()}`;
    for (const { name, Content, artifact } of this.layers()) {
      const digest = crypto.createHash('sha256').update(fs.readFileSync(artifact)).digest('hex');
      const folder = `${this.provider.getDeploymentPrefix()}/${stage}/layers`;
      Content.S3Key = `${folder}/${name}-${digest}.zip`;
      Outputs[this.provider.naming.getLambdaLayerS3KeyOutputLogicalId(name)].Value = Content.S3Key;
    }
  }

  // osls compares local zips only with those in the folder of the last deployment.
  compareWithKeptLayers() {
    const deployer = pluginOf(this.serverless, 'AwsDeploy');
    const ofLastDeployment = deployer.getMostRecentObjects.bind(deployer);
    deployer.getMostRecentObjects = async () => {
      const objects = await ofLastDeployment();
      const layers = this.layers().map(({ Content }) => ({ Key: Content.S3Key }));
      const kept = await Promise.all(layers.map(async ({ Key }) => this.isKept(Key)));
      return objects.length ? [...objects, ...layers.filter((_, index) => kept[index])] : [];
    };
  }

  async upload() {
    if (this.serverless.service.provider.shouldNotDeploy) return;
    const deployer = pluginOf(this.serverless, 'AwsDeploy');
    for (const { name, Content, artifact } of this.layers()) {
      this.serverless.service.getLayer(name).artifactAlreadyUploaded = true;
      if (await this.isKept(Content.S3Key)) continue;
      const { dir, base } = path.posix.parse(Content.S3Key);
      await deployer.uploadZipFile({ filename: artifact, s3KeyDirname: dir, basename: base });
    }
  }

  /** @param {string} Key */
  async isKept(Key) {
    try {
      await pluginOf(this.serverless, 'AwsDeploy').getObjectMetadata([{ Key }]);
      return true;
    } catch (error) {
      if (error instanceof Error && error.name === 'NotFound') return false;
      throw error;
    }
  }
}

module.exports = KeptLayers;
