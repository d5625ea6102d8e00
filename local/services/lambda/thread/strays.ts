import { AsyncLocalStorage } from 'node:async_hooks';
import { runInThisContext } from 'node:vm';

/** Whoever must hear of what its code throws where nobody catches it. */
export interface Owner {
  owns(value: unknown): boolean;
  rejected(reason: unknown): void;
  threw(error: unknown): void;
}

// Under a test runner `process` is a copy; events come from the real one.
const nodeProcess = runInThisContext('process') as NodeJS.Process;

const current = new AsyncLocalStorage<Owner>();
const running = new Set<Owner>();

type Listener = (...args: unknown[]) => void;
const EVENTS = ['unhandledRejection', 'uncaughtException'] as const;
let others: Record<(typeof EVENTS)[number], Listener[]> | undefined;

/** Runs `work` so that its owner can be told of what goes astray in it, then or later. */
export const inNameOf = (owner: Owner, work: () => void): void => current.run(owner, work);

/**
 * While a function runs, what goes astray is asked for its owner before it
 * counts as a fault of this process, as Node's own handling would have it.
 */
export const beginWatch = (owner: Owner): void => {
  running.add(owner);
  if (others !== undefined) return;
  const kept = {} as Record<(typeof EVENTS)[number], Listener[]>;
  for (const event of EVENTS) {
    kept[event] = nodeProcess.listeners(event as 'uncaughtException') as unknown as Listener[];
    nodeProcess.removeAllListeners(event);
  }
  others = kept;
  nodeProcess.on('unhandledRejection', onRejection);
  nodeProcess.on('uncaughtException', onException);
};

export const endWatch = (owner: Owner): void => {
  running.delete(owner);
  if (running.size > 0 || others === undefined) return;
  nodeProcess.off('unhandledRejection', onRejection);
  nodeProcess.off('uncaughtException', onException);
  for (const event of EVENTS) for (const listener of others[event]) nodeProcess.on(event, listener);
  others = undefined;
};

const ownerOf = (value: unknown): Owner | undefined =>
  [...running].find((owner) => owner.owns(value)) ?? (current.getStore() as Owner | undefined);

const onRejection = (reason: unknown, promise: Promise<unknown>): void => {
  const owner = ownerOf(promise);
  if (owner !== undefined) {
    owner.rejected(reason);
    return;
  }
  const listeners = others?.unhandledRejection ?? [];
  if (listeners.length === 0) throw reason;
  for (const listener of listeners) listener(reason, promise);
};

const onException = (error: Error, origin: string): void => {
  const owner = ownerOf(error);
  if (owner !== undefined) {
    owner.threw(error);
    return;
  }
  const listeners = others?.uncaughtException ?? [];
  if (listeners.length === 0) {
    nodeProcess.off('uncaughtException', onException);
    throw error;
  }
  for (const listener of listeners) listener(error, origin);
};
