import { Worker } from 'node:worker_threads';

/** How long a trusted function may keep this thread to itself. Real milliseconds. */
const LIMIT_MS = 60_000;

/** Looks every second whether the same run is still inside, in a thread of its own. */
const WATCH = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { writeSync } = require('node:fs');
  const inside = new Int32Array(workerData.shared);
  const names = new Map();
  parentPort.on('message', ({ id, name }) => names.set(id, name));
  let last = 0;
  let sinceMs = performance.now();
  setInterval(() => {
    const run = Atomics.load(inside, 0);
    if (run === 0 || run !== last) sinceMs = performance.now();
    last = run;
    if (performance.now() - sinceMs < workerData.limitMs) return;
    const name = names.get(Atomics.load(inside, 1));
    writeSync(2, 'The function ' + name + ' does not come back. Invoked anew in a fresh process it is cut off with a time-out.\\n');
    process.kill(process.pid, 'SIGKILL');
  }, 1000);
`;

let inside: Int32Array | undefined;
let watch: Worker | undefined;
let runs = 0;
let names = 0;

/**
 * Who watches over a function that came back many times. Nothing ends such a run
 * from outside but the end of this process, so that is what a run without an end
 * comes to, with a word about who it was.
 */
export class Sentinel {
  readonly #id: number;

  constructor(name: string) {
    if (inside === undefined || watch === undefined) {
      const shared = new SharedArrayBuffer(8);
      inside = new Int32Array(shared);
      watch = new Worker(WATCH, { eval: true, workerData: { shared, limitMs: LIMIT_MS }, execArgv: [] });
      watch.unref();
    }
    names += 1;
    this.#id = names;
    watch.postMessage({ id: this.#id, name });
  }

  enter(): void {
    runs = (runs + 1) & 0x3fffffff || 1;
    Atomics.store(inside!, 1, this.#id);
    Atomics.store(inside!, 0, runs);
  }

  leave(): void {
    Atomics.store(inside!, 0, 0);
  }
}
