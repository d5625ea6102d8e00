import { EventRefusedError } from '#shared/errors.ts';
import type { Pipeline, Trigger } from '#shared/generated/contracts.ts';
import { type Envelope, optionalText, text } from '../read-message.ts';
import { release, type Start } from '../wish.ts';

/** An image was pushed under a tag. */
export function fromImage({ id, time, detail }: Envelope, pipelines: readonly Pipeline[]): Start[] {
  if (detail['action-type'] !== 'PUSH' || detail.result !== 'SUCCESS') return [];
  const repository = text(detail, 'repository-name');
  const digest = text(detail, 'image-digest');
  if (!/^sha256:[0-9a-f]{64}$/.test(digest))
    throw new EventRefusedError(`${JSON.stringify(digest)} is no digest.`);
  const tag = optionalText(detail, 'image-tag');
  if (tag === undefined) return [];
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
      .map(({ name }) => release(name, trigger, [repository, tag, digest, time], id))
  );
}
