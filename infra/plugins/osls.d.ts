// The parts of osls that the plugins use. osls has types only for serverless.yml.

export interface Serverless {
  serviceDir: string;
  service: Service;
  processedInput: { commands: string[] };
  classes: { Error: new (message: string) => Error };
  pluginManager: { plugins: OslsPlugin[]; spawn(command: string): Promise<void> };
  configSchemaHandler: {
    defineFunctionProperties(provider: string, schema: object): void;
    handleErrorMessages(messages: string[]): void;
  };
  utils: { readFileSync(file: string): Content };
  getProvider(name: 'aws'): AwsProvider;
}

export interface Service {
  service: string;
  custom: {
    stage: {
      throttling: { authRate: number; authBurst: number };
      alarms: { throttledEvents: number };
    };
  };
  provider: {
    runtime: string;
    architecture: 'arm64' | 'x86_64';
    layers: Reference[];
    compiledCloudFormationTemplate: Template;
    shouldNotDeploy?: boolean;
    remoteFunctionData: { Configuration: { Environment?: { Variables: Record<string, string> } } };
  };
  functions: Record<string, FunctionEntry>;
  resources: { Resources: Record<string, Resource> };
  getAllFunctions(): string[];
  getFunction(name: string): FunctionEntry;
  getAllLayers(): string[];
  getLayer(name: string): Layer;
}

/** An entry of `functions` in serverless.yml. */
export interface FunctionEntry {
  handler: string;
  timeout: number;
  environment: Record<string, string | Reference>;
  iamRoleStatements?: Statement[];
  layers?: Reference[];
  package?: { artifact: string };
  replaces?: string[];
}

export interface Layer {
  package: { artifact: string };
  artifactAlreadyUploaded?: boolean;
}

export interface AwsProvider {
  naming: Naming;
  getStage(): string;
  getRegion(): string;
  getDeploymentPrefix(): string;
  getAwsSdkV3Config(): Promise<{ region: string }>;
}

export interface Naming {
  getStackName(): string;
  getNormalizedFunctionName(name: string): string;
  getLambdaLogicalId(name: string): string;
  getLogGroupLogicalId(name: string): string;
  getRoleLogicalId(): string;
  getHttpApiIntegrationLogicalId(name: string): string;
  getLambdaHttpApiPermissionLogicalId(name: string): string;
  getLambdaLayerLogicalId(name: string): string;
  getLambdaLayerS3KeyOutputLogicalId(name: string): string;
}

/** The methods of osls's own plugins that ours call or replace. */
export interface OslsPlugin {
  // AwsInvokeLocal
  resolveConfiguredEnvVars(environment: Environment): Promise<Environment>;
  // AwsDeployFunction
  checkIfFunctionExists(): Promise<void>;
  // AwsRemove
  emptyS3Bucket(): Promise<void>;
  // AwsCompileLayers
  compareWithLastLayer(): Promise<void>;
  // AwsDeploy
  getMostRecentObjects(): Promise<{ Key: string }[]>;
  getObjectMetadata(objects: { Key: string }[]): Promise<unknown>;
  uploadZipFile(file: { filename: string; s3KeyDirname: string; basename: string }): Promise<void>;
  uploadCloudFormationFile(): Promise<void>;
  updateStack(): Promise<void>;
}

/** The third argument of a plugin. */
export interface Utils {
  log: { warning(message: string): void };
  progress: { get(name: string): Progress };
  writeText(text: string): void;
}

export interface Progress {
  notice(message: string): void;
}

/** Options of the command line. */
export interface Options {
  function: string;
  functionObj: FunctionEntry;
}

export type Hooks = Record<string, () => unknown>;

export type Environment = Record<string, string | Reference>;

// Properties and yml files can have any shape, which the checks validate.
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Content = any;

export interface Template {
  Resources: Record<string, Resource>;
  Outputs: Record<string, { Value: Content }>;
  Conditions?: Record<string, Content>;
  Mappings?: Record<string, Content>;
}

export interface Resource {
  Type: string;
  Properties: Content;
  DependsOn?: string | string[];
  DeletionPolicy?: string;
}

export interface Table {
  KeySchema: { AttributeName: string; KeyType: 'HASH' | 'RANGE' }[];
  GlobalSecondaryIndexes?: (Pick<Table, 'KeySchema'> & { IndexName: string })[];
}

export interface Reference {
  Ref?: string;
  'Fn::GetAtt'?: string[];
  'Fn::Sub'?: string;
}

export interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: Reference | Reference[];
  NotAction?: Content;
  NotResource?: Content;
}
