import inspector from 'node:inspector';
import { runInThisContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { remembered } from '../../../remembered.ts';

export interface SentinelLimits {
  /** How long a trusted function may keep this thread to itself. Real milliseconds. */
  readonly limitMs: number;
  /** How often it is looked at. Real milliseconds. */
  readonly lookEveryMs: number;
}

const LIMITS: SentinelLimits = { limitMs: 60_000, lookEveryMs: 1_000 };

const WATCHED = Symbol.for('signalbox.sentinel');
const TRUSTED = Symbol.for('signalbox.trusted');

/** Where in the shared memory stands which run is inside, of which function, and whether somebody debugs. */
const [RUN, NAME, DEBUGGED] = [0, 1, 2];

/**
 * Looks again and again whether the same run is still inside, in a thread of its
 * own. A look counts for the time between two looks at most: a machine that was
 * asleep, or a process that was stopped, was not in an endless loop meanwhile.
 */
const WATCH = `
  const { parentPort, workerData: { shared, limitMs, lookEveryMs } } = require('node:worker_threads');
  const { writeSync } = require('node:fs');
  const inside = new Int32Array(shared);
  const names = new Map();
  parentPort.on('message', ({ id, name }) => names.set(id, name));
  let last = 0;
  let insideMs = 0;
  let lookedMs = performance.now();
  setInterval(() => {
    const run = Atomics.load(inside, ${RUN});
    const nowMs = performance.now();
    insideMs = run === 0 || run !== last ? 0 : insideMs + Math.min(nowMs - lookedMs, 2 * lookEveryMs);
    last = run;
    lookedMs = nowMs;
    if (insideMs < limitMs || Atomics.load(inside, ${DEBUGGED}) === 1) return;
    const name = names.get(Atomics.load(inside, ${NAME}));
    writeSync(2, \`
The function \${name} has been running for \${limitMs / 1000} s without letting go of this thread, so this process ends now: nothing else stops such a run.
What to do: look for a loop without an end in the function. In a fresh process an early invocation that hangs is cut off by a time-out and answers like any other failure; under a debugger (node --inspect) it is left running.
\`);
    process.kill(process.pid, 'SIGKILL');
  }, lookEveryMs);
`;

interface Watch {
  readonly inside: Int32Array;
  readonly worker: Worker;
  runs: number;
  names: number;
}

/** How often the functions of a package have come back, in whichever environment of this process. */
export interface Trust {
  cameBack: number;
}

/** A test runner reads this module anew for each file, and its process still needs one watch alone. */
const shared = runInThisContext('globalThis') as { [WATCHED]?: Watch; [TRUSTED]?: Map<string, Trust> };

/** Begins to watch, once per process; limits other than the usual ones must come before the first function. */
export const startWatch = (limits: SentinelLimits = LIMITS): Watch => {
  const known = shared[WATCHED];
  if (known !== undefined) return known;
  const memory = new SharedArrayBuffer(12);
  const worker = new Worker(WATCH, { eval: true, workerData: { shared: memory, ...limits }, execArgv: [] });
  worker.unref();
  const watch = { inside: new Int32Array(memory), worker, runs: 0, names: 0 };
  shared[WATCHED] = watch;
  return watch;
};

/** The name of a package's directory is its content. */
export const trustIn = ({ directory, handler }: { directory: string; handler: string }): Trust => {
  shared[TRUSTED] ??= new Map();
  return remembered(shared[TRUSTED], `${directory} ${handler}`, () => ({ cameBack: 0 }));
};

/**
 * Who watches over a function that came back many times. Nothing ends such a run
 * from outside but the end of this process, so that is what a run without an end
 * comes to, with a word about who it was.
 */
export class Sentinel {
  readonly #watch = startWatch();
  readonly #inside = this.#watch.inside;
  readonly #id: number;

  constructor(name: string) {
    this.#watch.names += 1;
    this.#id = this.#watch.names;
    this.#watch.worker.postMessage({ id: this.#id, name });
  }

  enter(): void {
    this.#watch.runs = (this.#watch.runs + 1) & 0x3fffffff || 1;
    Atomics.store(this.#inside, NAME!, this.#id);
    // Whoever stands at a breakpoint may take as long as they like.
    Atomics.store(this.#inside, DEBUGGED!, inspector.url() === undefined ? 0 : 1);
    Atomics.store(this.#inside, RUN!, this.#watch.runs);
  }

  leave(): void {
    Atomics.store(this.#inside, RUN!, 0);
  }
}
