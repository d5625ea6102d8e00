import { clock } from '../report/format.ts';
import { releaseLines } from './branches.ts';
import { endingLine, type ReleaseEnded } from './ending.ts';
import { type Paint, paint } from './paint.ts';
import { type Output, Screen } from './screen.ts';
import { type Note, type ReleaseStarted, type StateEvent, type StateStatus, Story } from './story.ts';
import type { Tree } from './tree.ts';
import { cut, plainText } from './width.ts';

/** The releases that run as a tree at the foot of the terminal; those that ended are one line each above it. */
export class LiveTree implements Tree {
  readonly #story = new Story();
  readonly #screen: Screen;
  readonly #paint: Paint;
  #turn = 0;
  readonly #onExit = () => this.#screen.close();
  readonly #onInterrupt = () => this.#interrupted();

  constructor(output: Output, hasColour: boolean) {
    this.#screen = new Screen(output);
    this.#paint = paint(hasColour);
    process.once('exit', this.#onExit);
    process.once('SIGINT', this.#onInterrupt);
  }

  releaseStarted(started: ReleaseStarted): void {
    this.#story.begin(started);
    this.#draw();
  }

  stateEntered(event: StateEvent): void {
    this.#story.enter(event);
    this.#draw();
  }

  stateExited(event: StateEvent & { readonly status: StateStatus }): void {
    this.#story.exit(event, event.status);
    this.#draw();
  }

  note({ releaseId, text, atMs }: Note): void {
    this.#story.seen(atMs);
    const release = releaseId === undefined ? undefined : this.#story.running.get(releaseId);
    if (release === undefined) this.#draw([`${this.#paint.quiet(clock(atMs))} ${plainText(text)}`]);
    else {
      release.notes.push({ text, atMs });
      this.#draw();
    }
  }

  progress({ releaseId, text }: { readonly releaseId: string; readonly text: string }): void {
    const release = this.#story.running.get(releaseId);
    if (release !== undefined) release.progress = text;
    this.#draw();
  }

  releaseEnded(ended: ReleaseEnded): void {
    const release = this.#story.end(ended.id, ended.atMs);
    this.#draw([endingLine(ended, release?.atMs, this.#paint)]);
  }

  tick(atMs?: number): void {
    if (atMs !== undefined) this.#story.seen(atMs);
    this.#turn += 1;
    this.#draw();
  }

  close(): void {
    this.#screen.close();
    process.removeListener('exit', this.#onExit);
    process.removeListener('SIGINT', this.#onInterrupt);
  }

  #draw(above: readonly string[] = []): void {
    const { columns, rows } = this.#screen;
    const releases = [...this.#story.running.values()];
    const most = Math.max(3, Math.floor(rows / Math.max(1, releases.length)));
    const moment = { nowMs: this.#story.nowMs, turn: this.#turn };
    const lines = releases
      .flatMap((release) => releaseLines(release, most, moment, this.#paint))
      .slice(-rows);
    const fitting = (text: string) => cut(text, columns - 1);
    this.#screen.draw(lines.map(fitting), above.map(fitting));
  }

  /** Gives the cursor back. Whoever else listens ends the process; if nobody does, it ends as it would have. */
  #interrupted(): void {
    this.close();
    if (process.listenerCount('SIGINT') === 0) process.kill(process.pid, 'SIGINT');
  }
}
