import type { Tag } from '../tags/tags.ts';

// The parts of a compilation request that the stand-in acts on; everything else is kept and echoed.

export type Framework =
  | 'TENSORFLOW'
  | 'KERAS'
  | 'MXNET'
  | 'ONNX'
  | 'PYTORCH'
  | 'XGBOOST'
  | 'TFLITE'
  | 'DARKNET'
  | 'SKLEARN';

export interface TargetPlatform {
  readonly Os: string;
  readonly Arch: string;
  readonly Accelerator?: string;
}

export interface CompilationRequest {
  readonly CompilationJobName: string;
  readonly RoleArn: string;
  readonly InputConfig?: {
    readonly S3Uri: string;
    /** JSON in a text. */
    readonly DataInputConfig?: string;
    readonly Framework: Framework;
    readonly FrameworkVersion?: string;
  };
  readonly ModelPackageVersionArn?: string;
  readonly OutputConfig: {
    readonly S3OutputLocation: string;
    readonly TargetDevice?: string;
    readonly TargetPlatform?: TargetPlatform;
    /** JSON in a text. */
    readonly CompilerOptions?: string;
  };
  readonly StoppingCondition: { readonly MaxRuntimeInSeconds?: number };
  readonly Tags?: readonly Tag[];
}

/** With these Neo needs to be told the input's shape; it derives it for the others, or they have none. */
export const NEED_A_SHAPE: readonly Framework[] = ['KERAS', 'MXNET', 'ONNX', 'PYTORCH', 'TFLITE', 'DARKNET'];
