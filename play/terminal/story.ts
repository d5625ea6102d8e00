/** What is known about the releases that run: what a tree is drawn from. No output happens here. */
export interface ReleaseStarted {
  readonly id: string;
  readonly pipeline: string;
  readonly trigger: string;
  readonly atMs: number;
}

export interface StateEvent {
  readonly releaseId: string;
  readonly machine: string;
  /** What the state lies in, outermost first: states, and for a Map's items a name such as `item 2`. */
  readonly path: readonly string[];
  readonly state: string;
  readonly atMs: number;
}

/** Something worth a line: of one release, or of the world. */
export interface Note {
  readonly releaseId?: string;
  readonly text: string;
  readonly atMs: number;
}

export type StateStatus = 'succeeded' | 'caught' | 'failed';

export interface Branch {
  readonly name: string;
  readonly machine: string;
  readonly enteredAtMs: number;
  status: StateStatus | 'running';
  exitedAtMs: number | undefined;
  readonly children: Branch[];
}

export interface RunningRelease extends ReleaseStarted {
  readonly branches: Branch[];
  readonly notes: { readonly text: string; readonly atMs: number }[];
  progress: string | undefined;
}

export class Story {
  readonly running = new Map<string, RunningRelease>();
  /** The latest moment that anything told; elapsed times are counted up to it. */
  nowMs = 0;

  begin(started: ReleaseStarted): void {
    this.seen(started.atMs);
    this.running.set(started.id, { ...started, branches: [], notes: [], progress: undefined });
  }

  enter({ releaseId, machine, path, state, atMs }: StateEvent): void {
    this.seen(atMs);
    const release = this.running.get(releaseId);
    if (release === undefined) return;
    let level = release.branches;
    for (const name of path) level = this.#open(level, name, machine, atMs).children;
    level.push({
      name: state,
      machine,
      enteredAtMs: atMs,
      status: 'running',
      exitedAtMs: undefined,
      children: [],
    });
  }

  exit({ releaseId, path, state, atMs }: StateEvent, status: StateStatus): Branch | undefined {
    this.seen(atMs);
    let level = this.running.get(releaseId)?.branches;
    for (const name of path) level = level?.findLast((branch) => branch.name === name)?.children;
    const branch = level?.findLast(({ name, status: now }) => name === state && now === 'running');
    if (branch === undefined) return undefined;
    close(branch, status, atMs);
    return branch;
  }

  end(id: string, atMs: number): RunningRelease | undefined {
    this.seen(atMs);
    const release = this.running.get(id);
    this.running.delete(id);
    return release;
  }

  seen(atMs: number): void {
    if (atMs > this.nowMs) this.nowMs = atMs;
  }

  /** A level that is running, or else a new one: an item of a Map is told by its first state only. */
  #open(level: Branch[], name: string, machine: string, atMs: number): Branch {
    const open = level.findLast((branch) => branch.name === name);
    if (open !== undefined) return open;
    const branch: Branch = {
      name,
      machine,
      enteredAtMs: atMs,
      status: 'running',
      exitedAtMs: undefined,
      children: [],
    };
    level.push(branch);
    return branch;
  }
}

/** What ends takes what it holds with it. */
function close(branch: Branch, status: StateStatus, atMs: number): void {
  branch.status = status;
  branch.exitedAtMs = atMs;
  for (const child of branch.children) if (child.status === 'running') close(child, status, atMs);
}
