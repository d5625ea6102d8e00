import type { Tag } from '../tags/tags.ts';

// The parts of SageMaker's requests that the stand-in acts on; everything else is kept and echoed.

export interface S3DataSource {
  readonly S3DataType: 'ManifestFile' | 'S3Prefix' | 'AugmentedManifestFile' | 'Converse';
  readonly S3Uri: string;
  readonly S3DataDistributionType?: string;
}

export interface Channel {
  readonly ChannelName: string;
  readonly InputMode?: string;
  readonly ContentType?: string;
  readonly RecordWrapperType?: string;
  readonly DataSource: { readonly S3DataSource?: S3DataSource };
}

export interface MetricDefinition {
  readonly Name: string;
  readonly Regex: string;
}

export interface TrainingRequest {
  readonly TrainingJobName: string;
  readonly RoleArn: string;
  readonly AlgorithmSpecification: {
    readonly TrainingImage?: string;
    readonly AlgorithmName?: string;
    readonly TrainingInputMode: string;
    readonly MetricDefinitions?: readonly MetricDefinition[];
    readonly ContainerEntrypoint?: readonly string[];
    readonly ContainerArguments?: readonly string[];
  };
  readonly HyperParameters?: Readonly<Record<string, string>>;
  readonly InputDataConfig?: readonly Channel[];
  readonly OutputDataConfig: { readonly S3OutputPath: string; readonly CompressionType?: 'GZIP' | 'NONE' };
  readonly ResourceConfig: {
    readonly InstanceType?: string;
    readonly InstanceCount?: number;
    readonly InstanceGroups?: unknown;
    readonly KeepAlivePeriodInSeconds?: number;
  };
  readonly StoppingCondition: {
    readonly MaxRuntimeInSeconds?: number;
    readonly MaxWaitTimeInSeconds?: number;
  };
  readonly EnableManagedSpotTraining?: boolean;
  readonly CheckpointConfig?: { readonly S3Uri: string; readonly LocalPath?: string };
  readonly Environment?: Readonly<Record<string, string>>;
  readonly ServerlessJobConfig?: unknown;
  readonly Tags?: readonly Tag[];
}

export interface ProcessingInput {
  readonly InputName: string;
  readonly AppManaged?: boolean;
  readonly DatasetDefinition?: unknown;
  readonly S3Input?: {
    readonly S3Uri: string;
    readonly LocalPath?: string;
    readonly S3DataType: 'ManifestFile' | 'S3Prefix';
    readonly S3InputMode?: string;
    readonly S3DataDistributionType?: string;
    readonly S3CompressionType?: string;
  };
}

export interface ProcessingOutput {
  readonly OutputName: string;
  readonly AppManaged?: boolean;
  readonly FeatureStoreOutput?: unknown;
  readonly S3Output?: {
    readonly S3Uri: string;
    readonly LocalPath?: string;
    readonly S3UploadMode: 'Continuous' | 'EndOfJob';
  };
}

export interface ProcessingRequest {
  readonly ProcessingJobName: string;
  readonly RoleArn: string;
  readonly AppSpecification: {
    readonly ImageUri: string;
    readonly ContainerEntrypoint?: readonly string[];
    readonly ContainerArguments?: readonly string[];
  };
  readonly ProcessingResources: {
    readonly ClusterConfig: { readonly InstanceCount: number; readonly InstanceType: string };
  };
  readonly ProcessingInputs?: readonly ProcessingInput[];
  readonly ProcessingOutputConfig?: { readonly Outputs: readonly ProcessingOutput[] };
  readonly StoppingCondition?: { readonly MaxRuntimeInSeconds: number };
  readonly Environment?: Readonly<Record<string, string>>;
  readonly Tags?: readonly Tag[];
}
