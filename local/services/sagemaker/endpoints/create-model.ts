import { notModelled, validationError } from '../../../aws-error.ts';
import type { Caller } from '../../../service.ts';
import type { World } from '../../../world.ts';
import { ExecutionRole } from '../execution-role.ts';
import { imageExists } from '../jobs/images.ts';
import type { Tag } from '../tags/tags.ts';
import { emitModelChange } from './events.ts';
import type { ContainerDefinition } from './shapes.ts';
import { type Model, refuseExisting, type Store } from './store.ts';

interface CreateModelInput {
  readonly ModelName: string;
  readonly ExecutionRoleArn?: string;
  readonly PrimaryContainer?: ContainerDefinition;
  readonly Containers?: readonly ContainerDefinition[];
  readonly Tags?: readonly Tag[];
}

/** Registers a container for hosting: image and model data, or a version from the model registry. */
export async function createModel(world: World, store: Store, input: CreateModelInput, caller: Caller) {
  const arn = store.arn('model', input.ModelName);
  if (store.models.has(input.ModelName)) refuseExisting('model', arn);
  const container = await runnable(world, onlyContainer(input), input.ExecutionRoleArn, caller);
  // The registry was asked meanwhile: somebody else may have been quicker.
  if (store.models.has(input.ModelName)) refuseExisting('model', arn);
  const { Tags: tags = [], ...request } = input;
  const model: Model = {
    name: input.ModelName,
    arn,
    createdMs: world.clock.now(),
    request: request as unknown as Record<string, unknown>,
    ...(input.ExecutionRoleArn === undefined ? {} : { executionRoleArn: input.ExecutionRoleArn }),
    container,
  };
  world.sagemaker.tags.add(arn, tags);
  store.models.set(model.name, model);
  world.journal.write(`sagemaker/model/${model.name}`, 'created');
  emitModelChange(world, model);
  return { ModelArn: arn };
}

function onlyContainer(input: CreateModelInput): ContainerDefinition {
  const containers = [
    ...(input.PrimaryContainer ? [input.PrimaryContainer] : []),
    ...(input.Containers ?? []),
  ];
  if (containers.length > 1) throw notModelled('A model of several containers');
  return containers[0] ?? fail('Either PrimaryContainer or Containers must be given.');
}

/** Puts what the registry says in place of a package's name, then looks whether image and data are there. */
async function runnable(
  world: World,
  given: ContainerDefinition,
  roleArn: string | undefined,
  caller: Caller,
): Promise<ContainerDefinition> {
  const role = roleArn === undefined ? undefined : new ExecutionRole(world, roleArn);
  const container = given.ModelPackageName === undefined ? given : await fromPackage(world, given, caller);
  if (container.ModelDataSource !== undefined) throw notModelled('ModelDataSource');
  if (container.Mode === 'MultiModel') throw notModelled('A multi-model container');
  const data = container.ModelDataUrl;
  if (data !== undefined) {
    const [, bucket, key] =
      /^s3:\/\/([^/]+)\/(.+)$/.exec(data) ?? fail(`Could not find model data at ${data}.`);
    if (role && !(role.isAssumable() && role.mayRead(bucket!, key!))) fail(cannotAccess(world, data, role));
    if (!objectExists(world, bucket!, key!)) fail(`Could not find model data at ${data}.`);
  }
  role?.requireAssumable();
  if (container.Image === undefined) fail('A container needs an Image or a ModelPackageName.');
  if (!imageExists(world, container.Image)) fail(`Requested image ${container.Image} not found.`);
  return container;
}

/** Reported word for word. */
const cannotAccess = (world: World, uri: string, role: ExecutionRole): string =>
  `Could not access model data at ${uri}. Please ensure that the role "${role.arn}" exists and that its trust relationship policy allows the action "sts:AssumeRole" for the service principal "sagemaker.amazonaws.com". Also ensure that the role has "s3:GetObject" permissions and that the object is located in ${world.region}. If your Model uses multiple models or uncompressed models, please ensure that the role has "s3:ListBucket" permission.`;

function objectExists(world: World, bucket: string, key: string): boolean {
  try {
    return world.s3.get(bucket, key) !== undefined;
  } catch {
    return false;
  }
}

async function fromPackage(
  world: World,
  given: ContainerDefinition,
  caller: Caller,
): Promise<ContainerDefinition> {
  if (given.Image !== undefined || given.ModelDataUrl !== undefined) {
    fail('A container with a ModelPackageName must not have an Image or ModelDataUrl.');
  }
  const describe = world.sagemaker.operations.DescribeModelPackage!;
  const modelPackage = (await describe({ ModelPackageName: given.ModelPackageName }, caller)) as {
    ModelPackageArn: string;
    ModelPackageStatus?: string;
    ModelApprovalStatus?: string;
    InferenceSpecification?: { Containers: ContainerDefinition[] };
    AdditionalInferenceSpecifications?: { Name: string; Containers: ContainerDefinition[] }[];
  };
  if (modelPackage.ModelApprovalStatus !== undefined && modelPackage.ModelApprovalStatus !== 'Approved') {
    fail(
      `Cannot create a model from model package "${modelPackage.ModelPackageArn}", whose approval status is ${modelPackage.ModelApprovalStatus}.`,
    );
  }
  if (modelPackage.ModelPackageStatus !== undefined && modelPackage.ModelPackageStatus !== 'Completed') {
    fail(
      `Cannot create a model from model package "${modelPackage.ModelPackageArn}", whose status is ${modelPackage.ModelPackageStatus}.`,
    );
  }
  const name = given.InferenceSpecificationName;
  const specification =
    name === undefined
      ? modelPackage.InferenceSpecification
      : modelPackage.AdditionalInferenceSpecifications?.find((additional) => additional.Name === name);
  const container = specification?.Containers[0];
  if (container === undefined)
    fail(`Model package "${modelPackage.ModelPackageArn}" has no such inference specification.`);
  return { ...container, Environment: { ...container.Environment, ...given.Environment } };
}

function fail(message: string): never {
  throw validationError(message);
}
