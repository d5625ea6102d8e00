import { StateMachine } from 'aws-local-stepfunctions';

/** What the peer's machines hear from outside, by state. */
const answers = (() => {
  const judge = () => ({ score: 0.68 });
  const read = () => ({ Item: { pk: { S: 'pipeline/flight-delay' }, outcome: { S: 'LIVE' } } });
  return { Judge: judge, 'Judge again': judge, Read: read, 'Read again': read };
})();

/** `aws-local-stepfunctions` running one machine again and again. */
export class Peer {
  readonly #machine: StateMachine;
  #transitions: number | undefined;

  constructor(states: Record<string, object>) {
    const definition = { StartAt: Object.keys(states)[0], States: states };
    this.#machine = new StateMachine(definition as ConstructorParameters<typeof StateMachine>[0]);
  }

  /** @returns the states entered by executions in about `batchMs`, and what they took */
  async batch(batchMs: number): Promise<{ transitions: number; spentMs: number }> {
    this.#transitions ??= await this.#count();
    let executions = 0;
    const beganMs = performance.now();
    while (performance.now() - beganMs < batchMs) {
      await this.#run().result;
      executions += 1;
    }
    return { transitions: executions * this.#transitions, spentMs: performance.now() - beganMs };
  }

  /** How many states one execution enters, which its log tells. */
  async #count(): Promise<number> {
    const execution = this.#run();
    let entered = 0;
    for await (const { type } of execution.eventLogs) {
      if (type.endsWith('StateEntered')) entered += 1;
    }
    await execution.result;
    return entered;
  }

  #run() {
    return this.#machine.run({ threshold: 0.6 }, { overrides: { taskResourceLocalHandlers: answers } });
  }
}
