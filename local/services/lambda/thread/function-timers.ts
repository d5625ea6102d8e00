import {
  clearImmediate,
  clearInterval,
  clearTimeout,
  setImmediate,
  setInterval,
  setTimeout,
} from 'node:timers';
import { promisify } from 'node:util';

type Callback = (...args: unknown[]) => void;

/**
 * Node's timers, whose callbacks come back through `callback`. They run in real
 * time, as in a worker: on a virtual clock the world stands still meanwhile.
 */
export const functionTimers = (callback: (action: Callback) => Callback) => ({
  setTimeout: alsoPromised(
    (action: Callback, ms?: number, ...args: unknown[]) => setTimeout(callback(action), ms, ...args).unref(),
    setTimeout,
  ),
  setInterval: (action: Callback, ms?: number, ...args: unknown[]) =>
    setInterval(callback(action), ms, ...args).unref(),
  setImmediate: alsoPromised(
    (action: Callback, ...args: unknown[]) => setImmediate(callback(action), ...args),
    setImmediate,
  ),
  clearTimeout,
  clearInterval,
  clearImmediate,
});

const alsoPromised = <Own extends object>(own: Own, nodes: object): Own =>
  Object.assign(own, { [promisify.custom]: (nodes as Record<symbol, unknown>)[promisify.custom] });
