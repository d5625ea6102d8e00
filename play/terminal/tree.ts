import type { ReleaseEnded } from './ending.ts';
import { LiveTree } from './live-tree.ts';
import { PlainLines } from './plain-lines.ts';
import type { Output } from './screen.ts';
import type { Note, ReleaseStarted, StateEvent, StateStatus } from './story.ts';

export type { Output } from './screen.ts';

/** Tells the releases while they run. All times are the world's, in epoch milliseconds. */
export interface Tree {
  releaseStarted(started: ReleaseStarted): void;
  stateEntered(event: StateEvent): void;
  stateExited(event: StateEvent & { readonly status: StateStatus }): void;
  note(note: Note): void;
  /** The one line of a release that changes all the time, such as its epoch or its requests. */
  progress(progress: { readonly releaseId: string; readonly text: string }): void;
  releaseEnded(ended: ReleaseEnded): void;
  /** Turns the spinner and counts on; called a few times a second, `atMs` being the world's time by then. */
  tick(atMs?: number): void;
  close(): void;
}

/** A tree that is redrawn in place on a terminal, one plain line per event anywhere else. */
export function createTree(
  output: Output,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Tree {
  if (!output.isTTY || environment.TERM === 'dumb') return new PlainLines(output);
  return new LiveTree(output, hasColour(environment));
}

/** https://no-color.org: any value but the empty one switches colours off. */
export function hasColour(environment: Readonly<Record<string, string | undefined>>): boolean {
  return environment.NO_COLOR === undefined || environment.NO_COLOR === '';
}
