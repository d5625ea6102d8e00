import { fidelity as asl } from '../../local/asl/fidelity.ts';
import { fidelity as testState } from '../../local/asl/test-state/fidelity.ts';
import { fidelity as definitions } from '../../local/asl/validate/fidelity.ts';
import { fidelity as clock } from '../../local/clock/fidelity.ts';
import type { Fidelity } from '../../local/fidelity.ts';
import { fidelity as http } from '../../local/http/fidelity.ts';
import { fidelity as door } from '../../local/iam/fidelity.ts';
import { fidelity as containers } from '../../local/runners/fidelity.ts';
import { fidelity as applicationAutoscaling } from '../../local/services/application-autoscaling/fidelity.ts';
import { fidelity as cloudwatch } from '../../local/services/cloudwatch/fidelity.ts';
import { fidelity as codebuild } from '../../local/services/codebuild/fidelity.ts';
import { fidelity as codecommit } from '../../local/services/codecommit/fidelity.ts';
import { fidelity as codepipeline } from '../../local/services/codepipeline/fidelity.ts';
import { fidelity as dynamodb } from '../../local/services/dynamodb/fidelity.ts';
import { fidelity as ecr } from '../../local/services/ecr/fidelity.ts';
import { fidelity as events } from '../../local/services/events/fidelity.ts';
import { fidelity as lambda } from '../../local/services/lambda/fidelity.ts';
import { fidelity as s3 } from '../../local/services/s3/fidelity.ts';
import { fidelity as compilation } from '../../local/services/sagemaker/compilation/fidelity.ts';
import { fidelity as endpoints } from '../../local/services/sagemaker/endpoints/fidelity.ts';
import { fidelity as jobs } from '../../local/services/sagemaker/jobs/fidelity.ts';
import { fidelity as registry } from '../../local/services/sagemaker/registry/fidelity.ts';
import { fidelity as sagemakerRuntime } from '../../local/services/sagemaker-runtime/fidelity.ts';
import { fidelity as scheduler } from '../../local/services/scheduler/fidelity.ts';
import { fidelity as schemas } from '../../local/services/schemas/fidelity.ts';
import { fidelity as sns } from '../../local/services/sns/fidelity.ts';
import { fidelity as sqs } from '../../local/services/sqs/fidelity.ts';
import { fidelity as stepfunctions } from '../../local/services/stepfunctions/fidelity.ts';
import { fidelity as template } from '../../local/template/fidelity.ts';

/** Every part of the local world that tells how it stands to AWS, in the order of the page. */
export const parts: readonly Fidelity[] = [
  door,
  asl,
  definitions,
  stepfunctions,
  testState,
  jobs,
  compilation,
  registry,
  endpoints,
  sagemakerRuntime,
  cloudwatch,
  applicationAutoscaling,
  events,
  scheduler,
  schemas,
  s3,
  sqs,
  sns,
  dynamodb,
  lambda,
  ecr,
  codecommit,
  codebuild,
  codepipeline,
  containers,
  template,
  http,
  clock,
];
