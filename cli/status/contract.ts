/** What the status state machine answers; statemachines/status.asl.yaml makes it. Times are ISO-8601, what is not there is ''. */
export interface Status {
  readonly pipelines: readonly KnownPipeline[];
  readonly turns: readonly Turn[];
  readonly running: readonly Running[];
  readonly waitingForApproval: readonly Running[];
  /** What went live a while ago and goes back by itself if an alarm rings. */
  readonly watches: readonly Watch[];
  /** The newest first. */
  readonly releases: readonly Released[];
  /** What was proved to serve, the newest first, endpoint by endpoint. */
  readonly live: readonly Live[];
  /** Uploads that are being gathered. */
  readonly batches: readonly Batch[];
}

export interface KnownPipeline {
  readonly pipeline: string;
  readonly endpoint: string;
}

export interface Turn {
  /** `endpoint/<name>` or `pipeline/<name>`. */
  readonly subject: string;
  /** Execution ARNs. */
  readonly holder: string;
  readonly next: string;
  readonly waiters: readonly string[];
  /** Endpoint configs. */
  readonly live: string;
  readonly shifting: string;
}

export interface Running {
  readonly pipeline: string;
  readonly release: string;
  readonly executionArn: string;
  readonly startedAt: string;
  /** JSON, cut at 1,000 characters. */
  readonly trigger: string;
  readonly waitingFor: string;
  readonly packageArn: string;
}

export interface Watch {
  readonly endpoint: string;
  readonly pipeline: string;
  readonly release: string;
  /** The endpoint config that is watched, and the one that would come back; '' if none was there before. */
  readonly config: string;
  readonly previous: string;
  readonly until: string;
  readonly executionArn: string;
}

export interface Released {
  readonly release: string;
  readonly pipeline: string;
  readonly outcome: string;
  readonly startedAt: string;
  readonly endedAt: string;
  /** JSON, cut at 1,000 characters. */
  readonly trigger: string;
  /** JSON list, cut at 600 characters. */
  readonly reasons: string;
  readonly packageArn: string;
  readonly executionArn: string;
}

export interface Live {
  readonly endpoint: string;
  readonly pipeline: string;
  readonly release: string;
  readonly config: string;
  readonly packageArn: string;
  readonly at: string;
  /** Cleaned up by rule: there is nothing to go back to any more. */
  readonly removed: boolean;
}

/**
 * What an endpoint serves and what it can go back to, newest first: what was proved before the
 * first proof of what serves, so that nothing is brought back that was left by going back.
 */
export function historyOf(
  endpoint: string,
  live: readonly Live[],
): {
  readonly now: Live | undefined;
  readonly before: readonly Live[];
  readonly others: readonly Live[];
  /** What served last, where going back has left it. */
  readonly left: Live | undefined;
} {
  const all = live.filter((entry) => entry.endpoint === endpoint && !entry.removed);
  const [now] = all;
  const isOther = ({ config }: Live): boolean => config !== now?.config;
  const firstProof = all.findLastIndex((entry) => !isOther(entry));
  const others = all.filter(isOther);
  const left = all.slice(0, Math.max(0, firstProof)).find(isOther);
  return { now, before: all.slice(firstProof + 1), others, left };
}

export interface Batch {
  readonly pipeline: string;
  /** The first upload and the last one so far. */
  readonly openedAt: string;
  readonly lastAt: string;
  readonly hasMarker: boolean;
}

/** The signal behind a release in a few words; its JSON may be cut. */
export function triggerOf(json: string): { readonly kind: string; readonly detail: string } {
  const text = (name: string): string => {
    const found = new RegExp(`"${name}"\\s*:\\s*("(?:[^"\\\\]|\\\\.)*")`).exec(json)?.[1];
    return found === undefined ? '' : (JSON.parse(found) as string);
  };
  return { kind: text('kind') || 'unknown', detail: text('detail') };
}

/** The sentences of a list that may be cut. */
export const reasonsOf = (json: string): string[] =>
  [...json.matchAll(/"((?:[^"\\]|\\.)*)("|$)/g)].map(([, text, end]) => {
    const whole = text!.replace(/\\u?[0-9a-f]{0,3}$/, '');
    return `${JSON.parse(`"${whole}"`)}${end === '"' ? '' : '…'}`;
  });
