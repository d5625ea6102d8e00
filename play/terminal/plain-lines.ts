import { endingLine, type ReleaseEnded } from './ending.ts';
import { paint } from './paint.ts';
import type { Output } from './screen.ts';
import { type Note, type ReleaseStarted, type StateEvent, type StateStatus, Story } from './story.ts';
import { took } from './took.ts';
import type { Tree } from './tree.ts';
import { plainText } from './width.ts';

const WORDS: Readonly<Record<StateStatus, string>> = {
  succeeded: 'done',
  caught: 'failed and was caught',
  failed: 'failed',
};

/** One line per event, each with its time: for logs and pipes. Progress is told with the next event only. */
export class PlainLines implements Tree {
  readonly #output: Output;
  readonly #story = new Story();

  constructor(output: Output) {
    this.#output = output;
  }

  releaseStarted(started: ReleaseStarted): void {
    this.#story.begin(started);
    this.#line(started.atMs, started.id, `started: ${started.pipeline}, ${started.trigger}`);
  }

  stateEntered(event: StateEvent): void {
    this.#story.enter(event);
    this.#line(event.atMs, event.releaseId, `${where(event)} entered`);
  }

  stateExited(event: StateEvent & { readonly status: StateStatus }): void {
    const branch = this.#story.exit(event, event.status);
    const time = branch === undefined ? '' : ` after ${took(event.atMs - branch.enteredAtMs)}`;
    this.#line(event.atMs, event.releaseId, `${where(event)} ${WORDS[event.status]}${time}`);
  }

  note({ releaseId, text, atMs }: Note): void {
    this.#line(atMs, releaseId, text);
  }

  progress({ releaseId, text }: { readonly releaseId: string; readonly text: string }): void {
    const release = this.#story.running.get(releaseId);
    if (release !== undefined) release.progress = text;
  }

  releaseEnded(ended: ReleaseEnded): void {
    this.#flush(ended.id, ended.atMs);
    const release = this.#story.end(ended.id, ended.atMs);
    this.#write(ended.atMs, endingLine(ended, release?.atMs, paint(false)));
  }

  tick(): void {}

  close(): void {}

  #line(atMs: number, releaseId: string | undefined, text: string): void {
    if (releaseId !== undefined) this.#flush(releaseId, atMs);
    this.#write(atMs, releaseId === undefined ? text : `${releaseId}  ${text}`);
  }

  /** The latest progress, once: every second of it would bury the rest. */
  #flush(releaseId: string, atMs: number): void {
    const release = this.#story.running.get(releaseId);
    if (release?.progress === undefined) return;
    this.#write(atMs, `${releaseId}  ${release.progress}`);
    release.progress = undefined;
  }

  #write(atMs: number, text: string): void {
    const time = new Date(atMs).toISOString().slice(0, 19);
    this.#output.write(`${time}Z  ${plainText(text)}\n`);
  }
}

function where({ machine, path, state }: StateEvent): string {
  return [machine, ...path, state].join(' ▸ ');
}
