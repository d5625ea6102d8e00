import { createHash } from 'node:crypto';
import type { Trigger } from '#shared/generated/contracts.ts';

/** What was asked, and when. */
export interface Intent {
  /** Starts of one key are one release. */
  readonly key: string;
  /** ISO-8601 in milliseconds, then eight digits of the key's hash: later text, newer intent. */
  readonly rank: string;
}

/** A key is part of names in the ledger, whose keys end at 1,024 bytes. */
const LONGEST_KEY = 600;

/**
 * Names what was asked *and where it stands in order*, so that going back to
 * an earlier commit or image is a new intent, while the same signal told twice
 * is not. What the signal does not name makes each start an intent of its own.
 */
export function intentOf(
  pipeline: string,
  trigger: Trigger,
  { intent, executionArn, startedAt }: { intent?: string; executionArn: string; startedAt: string },
): Intent {
  const named = intent === undefined ? namedBy(trigger) : ['intent', intent];
  const key = keyOf([pipeline, ...(named ?? ['manual', executionArn])]);
  return { key, rank: `${timeOf(trigger, startedAt)}#${sha256(key).slice(0, 8)}` };
}

/** Kind and what stands for it in order; undefined when the signal names too little. */
function namedBy(trigger: Trigger): string[] | undefined {
  const parts = partsOf(trigger);
  return parts.every((part) => part !== undefined) ? [trigger.kind, ...parts] : undefined;
}

function partsOf(trigger: Trigger): (string | undefined)[] {
  switch (trigger.kind) {
    case 'data':
      return trigger.manifest ? [trigger.manifest.hash] : [trigger.bucket, trigger.key, trigger.versionId];
    case 'code':
      return trigger.project !== undefined || trigger.buildId !== undefined
        ? [trigger.project, trigger.buildId]
        : // The first commit of a branch has none before it.
          [trigger.repository, trigger.branch, trigger.commit, trigger.previousCommit ?? 'first'];
    case 'image':
      return [trigger.repository, trigger.tag, trigger.digest, trigger.eventTime];
    case 'schedule':
      return [trigger.schedule, trigger.scheduledTime];
    case 'drift':
      return [trigger.alarm, trigger.eventTime];
    case 'approval':
      return [trigger.packageArn, trigger.eventTime];
    case 'codepipeline':
      return [trigger.pipelineExecutionId];
    case 'manual':
      return [undefined];
  }
}

function keyOf(parts: readonly string[]): string {
  const key = parts.join('/');
  return key.length <= LONGEST_KEY ? key : `${parts.slice(0, 2).join('/')}/${sha256(key)}`;
}

/** When it was asked. A signal from the future counts as one of now, or nothing could ever be newer. */
function timeOf({ kind, eventTime, scheduledTime }: Trigger, startedAt: string): string {
  const told = kind === 'schedule' ? (scheduledTime ?? eventTime) : eventTime;
  const isByHand = kind === 'manual' || kind === 'codepipeline';
  const startedMs = Date.parse(startedAt);
  const toldMs = told === undefined || isByHand ? startedMs : Date.parse(told);
  return new Date(Math.min(toldMs, startedMs)).toISOString();
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
