import { createHash } from 'node:crypto';
import type { Pipeline, ReleaseRequest, Trigger } from '#shared/generated/contracts.ts';
import type { Upload } from '#shared/uploads.ts';

/** What a signal asks of one pipeline. */
export type Wish = Start | UploadWish;

/** An execution to start. */
export interface Start {
  readonly kind: 'start';
  readonly machine: 'release' | 'rollback';
  /** Names the execution: the same event always gives the same name, so that a copy of it starts nothing. */
  readonly name: string;
  readonly input: { readonly pipeline: string };
}

/** An object for the pipeline's open burst, or the marker that ends it. */
export interface UploadWish {
  readonly kind: 'upload';
  readonly pipeline: Pipeline;
  readonly bucket: string;
  /** Undefined: the marker. */
  readonly upload?: Upload;
}

/** Step Functions takes 80 characters. */
const LONGEST_PIPELINE_IN_NAME = 40;

/**
 * A release of `pipeline`. Its name holds what is asked and which event asked:
 * a second event of the same change starts a second execution, which finds the
 * intent claimed. So a wish whose release failed can be asked again.
 *
 * @param intent what was asked and where it stands in order
 * @param eventId none where the intent alone names the signal
 */
export const release = (
  pipeline: string,
  trigger: Trigger,
  intent: readonly unknown[],
  eventId?: string,
): Start => {
  const input: ReleaseRequest = { pipeline, trigger };
  return { kind: 'start', machine: 'release', name: nameOf(pipeline, trigger.kind, intent, eventId), input };
};

/** A rollback of what `pipeline` serves. */
export const rollback = (
  input: {
    readonly pipeline: string;
    readonly packageArn: string;
    readonly reason: string;
    readonly by: string;
  },
  eventId: string,
): Start => ({
  kind: 'start',
  machine: 'rollback',
  name: nameOf(input.pipeline, 'rollback', [input.packageArn], eventId),
  input,
});

function nameOf(pipeline: string, kind: string, intent: readonly unknown[], eventId?: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([pipeline, ...intent]))
    .digest('hex')
    .slice(0, 16);
  const event = eventId?.replaceAll(/[^0-9A-Za-z]/g, '').slice(0, 8);
  const start = pipeline.slice(0, LONGEST_PIPELINE_IN_NAME);
  return `${start}-${kind}-${hash}${event ? `-${event}` : ''}`;
}
