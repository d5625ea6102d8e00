import { AwsError, notModelled } from '../../aws-error.ts';
import type { World } from '../../world.ts';
import { ModelError } from './model-error.ts';

interface InvokeEndpointInput {
  readonly EndpointName: string;
  readonly Body: Uint8Array | string;
  readonly ContentType?: string;
  readonly Accept?: string;
  readonly TargetVariant?: string;
  readonly TargetModel?: string;
  readonly TargetContainerHostname?: string;
}

const MAXIMUM_BODY_BYTES = 6_291_456;

/**
 * Sends one request to one of the endpoint's fleets. Whatever the container
 * answers but 2xx becomes a `ModelError`.
 *
 * Source: sagemaker-runtime model; message texts from public issue threads.
 */
export async function invokeEndpoint(
  world: World,
  input: InvokeEndpointInput,
): Promise<Record<string, unknown>> {
  const { EndpointName: name, TargetVariant: variant } = input;
  if (input.TargetModel !== undefined) throw notModelled('TargetModel');
  if (input.TargetContainerHostname !== undefined) throw notModelled('TargetContainerHostname');
  const body = typeof input.Body === 'string' ? Buffer.from(input.Body) : input.Body;
  if (body.length > MAXIMUM_BODY_BYTES) refuse(`The body is larger than ${MAXIMUM_BODY_BYTES} bytes.`);
  const router = world.sagemaker.endpoints.router(name);
  if (!router?.serves()) refuse(`Endpoint ${name} of account ${world.accountId} not found.`);
  if (variant !== undefined && !router.serves(variant))
    refuse(`Variant ${variant} not found in endpoint ${name}.`);

  const routed = await router.invoke(
    {
      body,
      contentType: input.ContentType ?? 'application/octet-stream',
      ...(input.Accept === undefined ? {} : { accept: input.Accept }),
    },
    variant,
  );
  if (routed.kind === 'unreachable') {
    throw new AwsError('ServiceUnavailable', 'The service is currently unavailable.', 503);
  }
  if (routed.kind !== 'answered') throw ModelError.timedOut(world, name);
  const { answer, variantName } = routed;
  if (answer.statusCode >= 400) throw ModelError.answered(world, name, answer);
  return { Body: answer.body, ContentType: answer.contentType, InvokedProductionVariant: variantName };
}

function refuse(message: string): never {
  throw new AwsError('ValidationError', message);
}
