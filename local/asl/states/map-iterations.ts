import type { AbortScope } from '../abort.ts';
import type { Data } from '../data.ts';
import { Frame, type MapItem } from '../frame.ts';
import type { MapState } from '../machine.ts';
import { runStates } from '../run-states.ts';
import type { StateRun } from '../state-run.ts';
import { Scope } from '../variables.ts';

interface Iteration {
  readonly index: number;
  readonly frame: Frame;
}

/** The iterations of one attempt at a Map: so many at once, the next when one is done. */
export class Iterations {
  readonly #run: StateRun<MapState>;
  readonly #abort: AbortScope;
  readonly #inputs: readonly { item: MapItem; input: Data }[];
  readonly #outputs: Data[] = [];
  /** Started and not done, by index. */
  readonly #open = new Map<number, Iteration>();
  #started = 0;
  #done = 0;

  constructor(run: StateRun<MapState>, abort: AbortScope, inputs: readonly { item: MapItem; input: Data }[]) {
    this.#run = run;
    this.#abort = abort;
    this.#inputs = inputs;
  }

  /** The outputs in the order of the items. The Map's frame then stands at the last success. */
  run(concurrency: number): Promise<readonly Data[]> {
    if (this.#inputs.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      const goOn = (iteration: Iteration): void => {
        const { frame, index } = iteration;
        runStates(frame, this.#run.state.processor, this.#inputs[index]!.input)
          .then((output) => {
            this.#outputs[index] = output;
            if (this.#succeeded(iteration)) resolve(this.#outputs);
            else if (this.#started < this.#inputs.length) goOn(this.#start(frame.lastEventId));
          })
          .catch((error) => {
            // Those that are only ending because of an earlier one say nothing new.
            if (!this.#abort.aborted) this.#failed(iteration);
            reject(error);
          });
      };
      const first: Iteration[] = [];
      const startedEventId = this.#run.frame.lastEventId;
      while (this.#started < Math.min(concurrency, this.#inputs.length))
        first.push(this.#start(startedEventId));
      for (const iteration of first) goOn(iteration);
    });
  }

  /** Adds the events of iterations that are given up because of what happened in `causeEventId`. */
  addAborted(causeEventId: number, failedIndex = -1): void {
    for (const { index, frame } of [...this.#open.values()].sort((a, b) => a.index - b.index)) {
      this.#event(index === failedIndex ? 'MapIterationFailed' : 'MapIterationAborted', causeEventId, index);
      frame.abortOpenState(causeEventId);
    }
  }

  #start(previousEventId: number): Iteration {
    const index = this.#started;
    this.#started += 1;
    const parent = this.#run.frame;
    const frame = new Frame({
      execution: parent.execution,
      scope: new Scope(parent.scope),
      abort: this.#abort,
      mapItem: this.#inputs[index]!.item,
      lastEventId: this.#event('MapIterationStarted', previousEventId, index),
    });
    const iteration = { index, frame };
    this.#open.set(index, iteration);
    return iteration;
  }

  /** @returns whether this was the last one */
  #succeeded({ index, frame }: Iteration): boolean {
    this.#open.delete(index);
    this.#run.frame.lastEventId = this.#event('MapIterationSucceeded', frame.lastEventId, index);
    this.#done += 1;
    return this.#done === this.#inputs.length;
  }

  #failed({ index, frame }: Iteration): void {
    this.#run.frame.lastEventId = frame.lastEventId;
    this.#abort.abort();
    this.addAborted(frame.lastEventId, index);
  }

  #event(type: string, previousEventId: number, index: number): number {
    const { frame, state } = this.#run;
    return frame.execution.history.add(type, previousEventId, { name: state.name, index });
  }
}
