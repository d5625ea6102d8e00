import { createHash } from 'node:crypto';
import { EventRefusedError } from '#shared/errors.ts';
import type { Pipeline, ReleaseRequest, Trigger } from '#shared/generated/contracts.ts';

/** A release that an event asks for. */
export interface Asked {
  /** Names the execution. The same signal always gives the same name, so that a duplicate starts nothing. */
  readonly name: string;
  readonly request: ReleaseRequest;
}

/** EventBridge's envelope, as far as it is read here. */
interface Envelope {
  readonly source: string;
  readonly 'detail-type': string;
  readonly time: string;
  readonly detail: Record<string, unknown>;
}

/**
 * Which pipelines a message on the event queue asks for; none when nobody
 * watches what it tells.
 *
 * @throws EventRefusedError when the message is not an event that we understand
 */
export function routeEvent(body: string, pipelines: Readonly<Record<string, Pipeline>>): Asked[] {
  const event = envelopeOf(body);
  const kind = `${event.source}/${event['detail-type']}`;
  if (kind === 'aws.s3/Object Created') return fromUpload(event, Object.values(pipelines));
  if (kind === 'aws.ecr/ECR Image Action') return fromImage(event, Object.values(pipelines));
  throw new EventRefusedError(
    `No rule of this stack sends ${kind}; only S3 uploads and ECR pushes are understood.`,
  );
}

function envelopeOf(body: string): Envelope {
  let event: unknown;
  try {
    event = JSON.parse(body);
  } catch (error) {
    throw new EventRefusedError(`The message is not JSON: ${(error as Error).message}`);
  }
  const { source, time, detail } = (event ?? {}) as Partial<Envelope>;
  const detailType = (event as Partial<Envelope> | null)?.['detail-type'];
  for (const [field, value] of Object.entries({ source, 'detail-type': detailType, time })) {
    if (typeof value !== 'string')
      throw new EventRefusedError(`$["${field}"] is missing: the message is not an EventBridge event.`);
  }
  if (typeof detail !== 'object' || detail === null)
    throw new EventRefusedError('$.detail is missing: the message is not an EventBridge event.');
  return event as Envelope;
}

function fromUpload({ detail, time }: Envelope, pipelines: readonly Pipeline[]): Asked[] {
  const bucket = text(detail, 'bucket', 'name');
  const key = text(detail, 'object', 'key');
  const size = (detail.object as { size?: unknown }).size;
  // The console makes a folder by an empty object whose key ends in a slash.
  if (key.endsWith('/') || size === 0) return [];
  const versionId = (detail.object as Record<string, unknown>)['version-id'];
  const etag = (detail.object as Record<string, unknown>).etag;
  const trigger: Trigger = {
    kind: 'data',
    detail: `s3://${bucket}/${key}`.slice(0, 1024),
    eventTime: time,
    bucket,
    key,
    ...(typeof versionId === 'string' && { versionId }),
  };
  return pipelines
    .filter(
      ({ triggers }) =>
        triggers?.data && key.startsWith(triggers.data.prefix) && key.endsWith(triggers.data.suffix ?? ''),
    )
    .map((pipeline) => asked(pipeline, trigger, [bucket, key, versionId ?? `${etag} ${time}`]));
}

function fromImage({ detail, time }: Envelope, pipelines: readonly Pipeline[]): Asked[] {
  if (detail['action-type'] !== 'PUSH' || detail.result !== 'SUCCESS') return [];
  const repository = text(detail, 'repository-name');
  const digest = text(detail, 'image-digest');
  const tag = detail['image-tag'];
  if (typeof tag !== 'string') return [];
  const trigger: Trigger = {
    kind: 'image',
    detail: `${repository}:${tag}`,
    eventTime: time,
    repository,
    tag,
    digest,
  };
  return (
    pipelines
      .filter(({ triggers }) => triggers?.image?.repository === repository && triggers.image.tag === tag)
      // A push of the same digest at another time, after something else, is a new wish.
      .map((pipeline) => asked(pipeline, trigger, [repository, tag, digest, time]))
  );
}

function asked(pipeline: Pipeline, trigger: Trigger, intent: readonly unknown[]): Asked {
  const hash = createHash('sha256')
    .update(JSON.stringify([pipeline.name, ...intent]))
    .digest('hex')
    .slice(0, 16);
  return {
    name: `${pipeline.name.slice(0, 40)}-${trigger.kind}-${hash}`,
    request: { pipeline: pipeline.name, trigger },
  };
}

function text(detail: Record<string, unknown>, ...path: string[]): string {
  const value = path.reduce<unknown>(
    (node, step) => (node as Record<string, unknown> | undefined)?.[step],
    detail,
  );
  if (typeof value !== 'string')
    throw new EventRefusedError(`$.detail.${path.join('.')} is missing or not text.`);
  return value;
}
