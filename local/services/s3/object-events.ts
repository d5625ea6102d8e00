import type { Random } from '../../random.ts';
import type { World } from '../../world.ts';
import type { Bucket, Reason, StoredObject } from './stored-object.ts';

/**
 * What S3 tells EventBridge about a bucket that has it switched on.
 *
 * Source: S3 user guide, "EventBridge event message structure".
 */
export class S3Events {
  readonly #world: World;
  readonly #requestIds: Random;
  #lastMs = 0;
  #sameMs = 0;

  constructor(world: World) {
    this.#world = world;
    this.#requestIds = world.random.stream('s3/request-ids');
  }

  created(bucket: Bucket, object: StoredObject, reason: Reason): void {
    this.#tell(bucket, object, 'Object Created', { size: object.size }, { reason });
  }

  deleted(
    bucket: Bucket,
    object: StoredObject,
    deletionType: 'Permanently Deleted' | 'Delete Marker Created',
  ): void {
    this.#tell(
      bucket,
      object,
      'Object Deleted',
      {},
      { reason: 'DeleteObject', 'deletion-type': deletionType },
    );
  }

  #tell(
    bucket: Bucket,
    object: StoredObject,
    detailType: string,
    size: { size?: number },
    why: Record<string, string>,
  ): void {
    if (!bucket.eventBridge) return;
    this.#world.events.emit({
      source: 'aws.s3',
      detailType,
      resources: [`arn:aws:s3:::${bucket.name}`],
      detail: {
        version: '0',
        bucket: { name: bucket.name },
        object: {
          key: object.key,
          ...size,
          etag: object.etag,
          ...(object.versionId !== undefined && { 'version-id': object.versionId }),
          sequencer: this.#sequencer(),
        },
        'request-id': this.#requestIds.hex(16).toUpperCase(),
        requester: this.#world.accountId,
        'source-ip-address': '127.0.0.1',
        ...why,
      },
    });
  }

  /** Hex text that grows with every change: the time in ms, then a count within it. */
  #sequencer(): string {
    const nowMs = this.#world.clock.now();
    this.#sameMs = nowMs === this.#lastMs ? this.#sameMs + 1 : 0;
    this.#lastMs = nowMs;
    const seconds = Math.floor(nowMs / 1000);
    const rest = (nowMs % 1000) * 2 ** 22 + this.#sameMs;
    return `00${hex(seconds)}${hex(rest)}`;
  }
}

const hex = (value: number): string => value.toString(16).toUpperCase().padStart(8, '0');
