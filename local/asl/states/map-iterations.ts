import type { AbortScope } from '../abort.ts';
import type { Data } from '../data.ts';
import { Frame, type MapItem } from '../frame.ts';
import type { MapState } from '../machine.ts';
import { runStates } from '../run-states.ts';
import type { StateRun } from '../state-run.ts';
import { Scope } from '../variables.ts';

/** An inline Map that has begun, as far as it has come: what a redrive goes on with. */
export interface Begun {
  readonly inputs: readonly { readonly item: MapItem; readonly input: Data }[];
  readonly concurrency: number;
  /** Of iterations that succeeded, by index. */
  readonly outputs: Map<number, Data>;
  /** Of iterations that were started and have no output, by index. */
  readonly frames: Map<number, Frame>;
}

interface Iteration {
  readonly index: number;
  readonly frame: Frame;
}

/** The iterations of one attempt at a Map: so many at once, the next when one is done. */
export class Iterations {
  readonly #run: StateRun<MapState>;
  readonly #abort: AbortScope;
  readonly #begun: Begun;
  /** Started in this attempt and not done, by index. */
  readonly #open = new Map<number, Iteration>();
  /** Indexes of those to come, the first at the end. */
  readonly #waiting: number[];

  constructor(run: StateRun<MapState>, abort: AbortScope, begun: Begun) {
    this.#run = run;
    this.#abort = abort;
    this.#begun = begun;
    this.#waiting = [...begun.inputs.keys()].filter((index) => !begun.outputs.has(index)).reverse();
  }

  /** The outputs in the order of the items. The Map's frame then stands at the last success. */
  run(): Promise<readonly Data[]> {
    const { inputs, concurrency, outputs } = this.#begun;
    const all = (): Data[] => inputs.map((_, index) => outputs.get(index)!);
    if (this.#waiting.length === 0) return Promise.resolve(all());
    return new Promise((resolve, reject) => {
      const goOn = (iteration: Iteration): void => {
        const { frame, index } = iteration;
        runStates(frame, this.#run.state.processor, inputs[index]!.input)
          .then((output) => {
            this.#succeeded(iteration, output);
            if (outputs.size === inputs.length) resolve(all());
            else if (this.#waiting.length > 0) goOn(this.#start(frame.lastEventId));
          })
          .catch((error) => {
            // Those that are only ending because of an earlier one say nothing new.
            if (!this.#abort.aborted) this.#failed(iteration);
            reject(error);
          });
      };
      const first: Iteration[] = [];
      const startedEventId = this.#run.frame.lastEventId;
      while (first.length < concurrency && this.#waiting.length > 0) first.push(this.#start(startedEventId));
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
    const index = this.#waiting.pop()!;
    const earlier = this.#begun.frames.get(index);
    const frame = earlier?.resumed(this.#abort, previousEventId) ?? this.#newFrame(index, previousEventId);
    const iteration = { index, frame };
    this.#open.set(index, iteration);
    this.#begun.frames.set(index, frame);
    return iteration;
  }

  #newFrame(index: number, previousEventId: number): Frame {
    const parent = this.#run.frame;
    return new Frame({
      execution: parent.execution,
      scope: new Scope(parent.scope),
      abort: this.#abort,
      mapItem: this.#begun.inputs[index]!.item,
      lastEventId: this.#event('MapIterationStarted', previousEventId, index),
    });
  }

  #succeeded({ index, frame }: Iteration, output: Data): void {
    this.#open.delete(index);
    this.#begun.frames.delete(index);
    this.#begun.outputs.set(index, output);
    this.#run.frame.lastEventId = this.#event('MapIterationSucceeded', frame.lastEventId, index);
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
