import { types } from 'node:util';
import { constants, createContext, runInThisContext, Script } from 'node:vm';

/** Node's globals, which a new realm of V8 does not have. Under a test runner ours are not Node's. */
const nodeGlobals = runInThisContext('globalThis') as typeof globalThis;

/** Node's own classes hand these out, and functions test for them by `instanceof`. */
const SHARED_CLASSES = ['ArrayBuffer', 'Uint8Array'];

type Step = () => void;

/** Calls the function: what it answers is JSON text in its own realm's reading. */
type Invoke = (
  handler: unknown,
  event: string,
  context: string,
  remainingMs: () => number,
  done: (payload: string) => void,
  failed: (error: unknown) => void,
) => void;

const STEP = new Script('__step()', { filename: 'file:///var/runtime/index.mjs' });

const SETUP = new Script(
  `(function ({ globals, isNativeError, worldDate, hold }) {
    for (const [name, descriptor] of globals) {
      if (name in globalThis && !descriptor.always) continue;
      Object.defineProperty(globalThis, name, descriptor.property);
    }
    globalThis.global = globalThis;
    globalThis.Date = worldDate(Date);
    globalThis.queueMicrotask = (action) => void Promise.resolve().then(action);
    // Errors of Node's own modules come from another realm, and are errors all the same.
    Object.defineProperty(Error, Symbol.hasInstance, {
      value(error) {
        const isOurs = Function.prototype[Symbol.hasInstance].call(this, error);
        return isOurs || (this === Error && isNativeError(error));
      },
    });
    Object.defineProperty(globalThis, '__step', { value: () => hold.step() });
    return (handler, event, context, remainingMs, done, failed) => {
      (async () => {
        const told = JSON.parse(context);
        told.getRemainingTimeInMillis = remainingMs;
        return JSON.stringify(await handler(JSON.parse(event), told)) ?? 'null';
      })().then(done, failed);
    };
  })`,
  { filename: 'file:///var/runtime/index.mjs' },
);

/** A realm of its own: globals, intrinsics and microtasks that no other code shares. */
export class Realm {
  readonly invoke: Invoke;
  readonly #context = createContext(constants.DONT_CONTEXTIFY, {
    microtaskMode: 'afterEvaluate',
  }) as typeof globalThis;
  readonly #hold: { step: Step } = { step: () => {} };

  /** @param own globals that stand in for Node's */
  constructor(
    own: Readonly<Record<string, unknown>>,
    worldDate: (RealDate: DateConstructor) => DateConstructor,
  ) {
    const setUp = SETUP.runInContext(this.#context) as (doors: object) => Invoke;
    this.invoke = setUp({
      globals: [...nodes(), ...owned(own)],
      isNativeError: types.isNativeError,
      worldDate,
      hold: this.#hold,
    });
  }

  /** The value of a script in this realm. */
  evaluate(script: Script, limitMs: number): unknown {
    return script.runInContext(this.#context, { timeout: limitMs });
  }

  /**
   * Runs `step`, and after it every microtask of this realm that is due.
   *
   * @throws Error with code ERR_SCRIPT_EXECUTION_TIMEOUT if that takes longer than `limitMs` real milliseconds, where one is given
   */
  run(step: Step, limitMs?: number): void {
    this.#hold.step = step;
    STEP.runInContext(this.#context, limitMs === undefined ? {} : { timeout: limitMs });
  }

  /** Whether a promise or an error was made in this realm. */
  made(value: unknown): boolean {
    const { Promise: OwnPromise, Error: OwnError, Object: OwnObject } = this.#context;
    if (value instanceof OwnPromise) return true;
    return types.isNativeError(value) && OwnObject.prototype.isPrototypeOf.call(OwnError.prototype, value);
  }
}

type Global = [name: string, { always: boolean; property: PropertyDescriptor }];

/** Getters stay getters: some of Node's globals are loaded when first asked for. */
function nodes(): Global[] {
  return Object.entries(Object.getOwnPropertyDescriptors(nodeGlobals))
    .filter(([name]) => !['globalThis', 'global', 'process', 'console'].includes(name))
    .map(([name, property]) => [
      name,
      {
        always: SHARED_CLASSES.includes(name),
        property:
          property.get === undefined
            ? { ...property, configurable: true }
            : { configurable: true, enumerable: false, get: () => Reflect.get(nodeGlobals, name) as unknown },
      },
    ]);
}

const owned = (own: Readonly<Record<string, unknown>>): Global[] =>
  Object.entries(own).map(([name, value]) => [
    name,
    { always: true, property: { value, configurable: true, writable: true, enumerable: false } },
  ]);
