import { releaseId } from '../functions/check-request/check-request.ts';
import type { ReleaseRequest } from '../functions/shared/generated/contracts.ts';
import type { JournalEntry } from '../local/journal.ts';
import type { ExecutionView } from '../local/services/stepfunctions/stepfunctions.ts';
import type { World } from '../local/world.ts';
import { HistoryReader } from './history.ts';
import { readRecord } from './ledger.ts';
import { CALLED_BY, OUTLASTS } from './state-names.ts';
import type { Tree } from './terminal/tree.ts';

/** One release with all executions that belong to it. */
export interface WatchedRelease {
  readonly id: string;
  /** As it was when it was looked at last. */
  execution: ExecutionView;
  readonly request: ReleaseRequest;
  readonly parts: Map<string, WatchedExecution>;
  /** Running, then over but not told yet, then told. */
  stage: 'running' | 'ending' | 'ended';
}

export interface WatchedExecution {
  /** `release`, `train`, `deploy` and so on. */
  readonly machine: string;
  view: ExecutionView;
  readonly reader: HistoryReader;
  /** The states that lead from the release to this execution. */
  readonly path: readonly string[];
}

/** Follows the releases of a world by their histories and tells the tree. */
export class Watch {
  readonly releases = new Map<string, WatchedRelease>();
  readonly #world: World;
  readonly #tree: Tree;
  readonly #stopListening: () => void;

  constructor(world: World, tree: Tree) {
    this.#world = world;
    this.#tree = tree;
    this.#stopListening = world.journal.listen((entry) => this.#hear(entry));
  }

  close(): void {
    this.#stopListening();
  }

  /** Reads on; called a few times a second. */
  async tick(): Promise<void> {
    for (const view of this.#world.stepfunctions.executions()) this.#readOn(view);
    for (const release of this.releases.values()) {
      if (release.stage !== 'running') continue;
      if (release.execution.status === 'RUNNING') this.#progress(release);
      else await this.#end(release);
    }
    this.#tree.tick(this.#world.clock.now());
  }

  #readOn(view: ExecutionView): void {
    const machine = view.machineName.replace(`${this.#world.stackName}-`, '');
    if (machine === 'release' && !this.releases.has(view.arn)) this.#begin(view);
    const release = this.#releaseOf(view);
    if (release?.stage !== 'running') return;
    if (machine === 'release') release.execution = view;
    let part = release.parts.get(view.arn);
    if (part === undefined) {
      const path = machine === 'release' ? [] : pathTo(machine, release.parts.get(view.parentArn ?? '')!);
      part = { machine, view, reader: new HistoryReader(), path };
      release.parts.set(view.arn, part);
    }
    part.view = view;
    for (const { kind, visit } of part.reader.read(view.history)) {
      if (isOutlasting(part, release.parts)) continue;
      const event = {
        releaseId: release.id,
        machine,
        path: [...part.path, ...visit.path],
        state: visit.state,
      };
      if (kind === 'entered') this.#tree.stateEntered({ ...event, atMs: visit.enteredAtMs });
      else {
        const status = visit.status === 'caught' ? 'caught' : 'succeeded';
        this.#tree.stateExited({ ...event, atMs: visit.exitedAtMs!, status });
      }
    }
  }

  /** An execution belongs to the release that it is, or to that of whoever started it. */
  #releaseOf({ arn, parentArn = '' }: ExecutionView): WatchedRelease | undefined {
    return this.releases.get(arn) ?? [...this.releases.values()].find(({ parts }) => parts.has(parentArn));
  }

  #begin(execution: ExecutionView): void {
    const request = asked(execution);
    const { pipeline, trigger } = request;
    const id = releaseId(pipeline, new Date(execution.startMs).toISOString(), execution.arn);
    this.releases.set(execution.arn, { id, execution, request, parts: new Map(), stage: 'running' });
    const told = trigger ? `${trigger.kind}: ${trigger.detail}` : 'manual';
    this.#tree.releaseStarted({ id, pipeline, trigger: told, atMs: execution.startMs });
  }

  async #end(release: WatchedRelease): Promise<void> {
    release.stage = 'ending';
    for (const { reader, view } of release.parts.values()) {
      reader.read(view.history);
      if (view.status !== 'RUNNING') reader.close(view.stopMs ?? this.#world.clock.now());
    }
    const { outcome } = await readRecord(this.#world, release);
    this.#tree.releaseEnded({
      id: release.id,
      outcome: outcome?.outcome ?? 'FAILED',
      // Nobody concludes a release whose execution was stopped by hand or by its time limit.
      reasons: outcome?.reasons ?? [endWithoutOutcome(release.execution)],
      atMs: release.execution.stopMs ?? this.#world.clock.now(),
    });
    release.stage = 'ended';
  }

  /** The newest checkpoint tells how far the training is, as it would in AWS. */
  #progress(release: WatchedRelease): void {
    const training = [...release.parts.values()].find(
      ({ machine, view }) => machine === 'train' && view.status === 'RUNNING',
    );
    if (training === undefined) return;
    const prefix = `scratch/${release.request.pipeline}/${release.id}/checkpoints/`;
    const newest = this.#world.s3.list(this.#world.outputs.ArtifactBucketName!, prefix).at(-1);
    const epoch = newest && /epoch-(\d+)/.exec(newest.key)?.[1];
    if (epoch)
      this.#tree.progress({ releaseId: release.id, text: `checkpoint of epoch ${Number(epoch)} is in S3` });
  }

  /** What the journal says that is worth a line. */
  #hear({ subject, what, atMs }: JournalEntry): void {
    const text = noteOf(subject, what);
    if (text === undefined) return;
    const release = [...this.releases.values()].find(
      ({ id, stage }) => stage !== 'ended' && `${subject} ${what}`.includes(id),
    );
    this.#tree.note({ ...(release && { releaseId: release.id }), text, atMs });
  }
}

/** Anybody may start the machine with anything, and the world must live to show how that is refused. */
function asked({ input }: ExecutionView): ReleaseRequest {
  const { pipeline, trigger } = Object(JSON.parse(input)) as Partial<ReleaseRequest>;
  return {
    pipeline: typeof pipeline === 'string' ? pipeline : 'unknown',
    ...(typeof trigger?.kind === 'string' && { trigger: { detail: 'no detail', ...trigger } }),
  };
}

/** The watch and whatever it starts. */
function isOutlasting({ machine, view }: WatchedExecution, parts: WatchedRelease['parts']): boolean {
  if (machine === OUTLASTS) return true;
  const parent = parts.get(view.parentArn ?? '');
  return parent !== undefined && isOutlasting(parent, parts);
}

/** Below the state that is known to call the machine, or else the one in which its caller is. */
function pathTo(machine: string, { path, reader }: WatchedExecution): readonly string[] {
  const caller = CALLED_BY[machine] ?? reader.visits.findLast(({ status }) => status === 'running')?.state;
  return [...path, caller ?? machine];
}

export function noteOf(subject: string, what: string): string | undefined {
  const [, kind, name = ''] = subject.split('/');
  if (kind === 'training-job' && what.startsWith('Interrupted'))
    return 'Spot took the instance; the job will go on from its last checkpoint';
  if (kind === 'endpoint' && / (Baking|ActivatingTraffic): /.test(what))
    return `endpoint ${name}: ${what.split(': ')[1]}`;
  // New weights, or the end of it: which of them the machine's own states tell.
  if (kind === 'endpoint' && what.startsWith('Updating on') && what.includes('-trial'))
    return `endpoint ${name} is changed in its trial`;
  if (kind === 'endpoint' && /^InService on .*-trial/.test(what)) return `endpoint ${name} serves its trial`;
  if (kind === 'endpoint' && what.startsWith('InService'))
    return `endpoint ${name} is ${what.split('. ')[0]}`;
  if (kind === 'alarm' && what.includes('→ ALARM'))
    return `alarm rings: ${what.split('→ ALARM: ')[1] ?? what}`;
  return undefined;
}

const endWithoutOutcome = ({ status, cause }: ExecutionView): string =>
  `the execution is ${status}${cause === undefined ? '' : `: ${cause}`}; no outcome was recorded`;
