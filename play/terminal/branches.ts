import type { Paint } from './paint.ts';
import type { Branch, RunningRelease } from './story.ts';
import { took } from './took.ts';
import { plainText } from './width.ts';

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const NOTES_SHOWN = 3;

export interface Moment {
  readonly nowMs: number;
  /** Counts up; turns the spinner. */
  readonly turn: number;
}

/** A running release as lines: its name, the states so far, what runs inside what, and the last notes. */
export function releaseLines(release: RunningRelease, most: number, moment: Moment, paint: Paint): string[] {
  const elapsed = paint.quiet(took(moment.nowMs - release.atMs));
  const head = `${paint.path(spinner(moment))} ${paint.strong(plainText(release.id))}  ${elapsed}  ${paint.quiet(plainText(release.trigger))}`;
  const foot = [
    ...release.notes
      .slice(-NOTES_SHOWN)
      .map(
        ({ text, atMs }) =>
          `  ${paint.warn('›')} ${plainText(text)} ${paint.quiet(`after ${took(atMs - release.atMs)}`)}`,
      ),
    ...(release.progress === undefined ? [] : [`  ${paint.path('·')} ${plainText(release.progress)}`]),
  ];
  const room = Math.max(1, most - 1 - foot.length);
  return [
    head,
    ...folded(levelLines(release.branches, '  ', moment, paint, undefined), room, paint),
    ...foot,
  ].slice(0, most);
}

interface Line {
  readonly text: string;
  readonly isRunning: boolean;
}

function levelLines(
  branches: readonly Branch[],
  indent: string,
  moment: Moment,
  paint: Paint,
  parentMachine: string | undefined,
): Line[] {
  return branches.flatMap((branch) => {
    const isRunning = branch.status === 'running';
    const machine =
      parentMachine !== undefined && branch.machine !== parentMachine
        ? paint.quiet(`${branch.machine} ▸ `)
        : '';
    const passedMs = (branch.exitedAtMs ?? moment.nowMs) - branch.enteredAtMs;
    const time = passedMs >= 1000 ? ` ${paint.quiet(took(passedMs))}` : '';
    const name = plainText(branch.name);
    const text = `${indent}${mark(branch, moment, paint)} ${machine}${isRunning ? paint.strong(name) : name}${time}`;
    // What is over is one line; what runs shows what is inside it.
    const inner = isRunning ? levelLines(branch.children, `${indent}  `, moment, paint, branch.machine) : [];
    return [{ text, isRunning }, ...inner];
  });
}

/** Where there are too many lines, the oldest finished ones become one. */
function folded(lines: readonly Line[], room: number, paint: Paint): string[] {
  if (lines.length <= room) return lines.map(({ text }) => text);
  let surplus = lines.length - room + 1;
  let hidden = 0;
  const kept = lines.filter(({ isRunning }) => {
    if (isRunning || surplus === 0) return true;
    surplus -= 1;
    hidden += 1;
    return false;
  });
  const fold = hidden === 0 ? [] : [`  ${paint.quiet(`⋮ ${hidden} states before`)}`];
  return [...fold, ...kept.map(({ text }) => text)].slice(0, room);
}

function mark(branch: Branch, moment: Moment, paint: Paint): string {
  if (branch.status === 'running') return paint.path(spinner(moment));
  if (branch.status === 'succeeded') return paint.good('✓');
  return branch.status === 'caught' ? paint.warn('↯') : paint.bad('✗');
}

function spinner({ turn }: Moment): string {
  return SPINNER[turn % SPINNER.length] ?? '·';
}
