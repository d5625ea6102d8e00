import type { Call } from '../door.ts';
import type { Need } from '../iam/needs/need.ts';
import { type TextTest, wildcard } from '../iam/wildcard.ts';
import { modelOf } from '../models/model.ts';
import type { World } from '../world.ts';
import type { CallFault } from './faults.ts';
import { type Turn, turn } from './turns.ts';

interface Entry {
  readonly fault: CallFault;
  readonly isMeant: Turn;
  readonly by: TextTest;
  readonly on: TextTest | undefined;
}

/**
 * The scenario's list of faulty calls and how far each has counted. A scenario
 * may change its list on the way; counting then begins anew.
 */
export class CallFaults {
  readonly #world: World;
  #list: readonly CallFault[] | undefined;
  #byOperation = new Map<string, Entry[]>();

  /** @throws Error naming an operation that AWS's model does not have */
  constructor(world: World) {
    this.#world = world;
    this.#read();
  }

  /** The fault that is due at this call. Every fault counts the call; the first in the list that means it wins. */
  dueAt({ service, operation, caller }: Call, needs: readonly Need[]): CallFault | undefined {
    if (this.#world.scenario.faults !== this.#list) this.#read();
    if (this.#list === undefined || caller.via === 'person') return undefined;
    let due: CallFault | undefined;
    for (const { fault, isMeant, by, on } of this.#byOperation.get(`${service} ${operation}`) ?? []) {
      if (!by(caller.arn) || (on !== undefined && !needs.some(({ resource }) => on(resource)))) continue;
      if (isMeant()) due ??= fault;
    }
    return due;
  }

  #read(): void {
    const list = this.#world.scenario.faults;
    this.#list = list;
    this.#byOperation = new Map();
    for (const [index, fault] of (list ?? []).entries()) {
      requireKnown(fault);
      const key = `${fault.service} ${fault.operation}`;
      const entries = this.#byOperation.get(key) ?? [];
      this.#byOperation.set(key, entries);
      const { call: first, times, share } = fault;
      entries.push({
        fault,
        isMeant: turn(() => this.#world.random.stream(`faults/calls/${index}`), { first, times, share }),
        by: callerTest(fault.by),
        on: fault.on === undefined ? undefined : wildcard(fault.on),
      });
    }
  }
}

const requireKnown = ({ service, operation }: CallFault): void => {
  const { operationNames } = modelOf(service);
  if (operationNames.includes(operation)) return;
  throw new Error(
    `A fault names the operation ${operation}, which ${service} does not have; it has ${operationNames.join(', ')}.`,
  );
};

const callerTest = (by: string | undefined): TextTest => {
  if (by === undefined) return () => true;
  const test = wildcard(by);
  return (arn) => test(arn) || test(arn.split('/').at(-1)!);
};
