import type { Pipeline, Trigger } from '#shared/generated/contracts.ts';
import { type Envelope, optionalText, text } from '../read-message.ts';
import { release, rollback, type Start } from '../wish.ts';

/**
 * A model package of a group was approved, or rejected. The event is a hint: the
 * release reads the package, and finds out whether somebody waits for it; the
 * rollback finds out whether it serves.
 */
export function fromPackage(event: Envelope, pipelines: readonly Pipeline[]): Start[] {
  const { id, time, detail } = event;
  const group = text(detail, 'ModelPackageGroupName');
  const packageArn = text(detail, 'ModelPackageArn');
  const status = text(detail, 'ModelApprovalStatus');
  const why = optionalText(detail, 'ApprovalDescription');
  const watching = pipelines.filter(
    ({ triggers, register }) => triggers?.approval !== undefined && register.group === group,
  );
  if (status === 'Rejected') {
    const reason = `${packageArn} was rejected${why === undefined ? '' : `: ${why}`}`.slice(0, 1024);
    return watching.map(({ name }) =>
      rollback({ pipeline: name, packageArn, reason, by: 'whoever rejected the model package' }, id),
    );
  }
  if (status !== 'Approved' || isOurOwnRegistration(event)) return [];
  const trigger: Trigger = {
    kind: 'approval',
    detail: `${packageArn} was approved${why === undefined ? '' : `: ${why}`}`.slice(0, 1024),
    eventTime: time,
    packageArn,
  };
  return watching.map(({ name }) => release(name, trigger, [packageArn], id));
}

/** A release that registers its own package as approved goes on by itself: no approval came with it. */
function isOurOwnRegistration({ detail }: Envelope): boolean {
  const release = optionalText(detail, 'CustomerMetadataProperties', 'release');
  const { CreationTime, LastModifiedTime } = detail;
  return release !== undefined && (LastModifiedTime === undefined || LastModifiedTime === CreationTime);
}
