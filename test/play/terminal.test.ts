import { outcomeTable } from '../../play/terminal/outcome-table.ts';
import { createTree, type Output } from '../../play/terminal/tree.ts';
import { columnsOf, cut } from '../../play/terminal/width.ts';
import { sampleData } from './sample-data.ts';

const ESC = '\u001b';
const AT = Date.parse('2026-03-02T09:00:00Z');
const started = { id: 'r-1', pipeline: 'flight-delay', trigger: 'data: january.json', atMs: AT };
const entered = {
  releaseId: 'r-1',
  machine: 'release',
  path: [],
  state: 'Train the challenger',
  atMs: AT + 1000,
};
const inner = {
  ...entered,
  machine: 'train',
  path: ['Train the challenger'],
  state: 'Train on the offer',
  atMs: AT + 2000,
};

describe('on a terminal', () => {
  test('shows what runs inside what, with the time it has taken', () => {
    const terminal = fakeTerminal();
    const tree = createTree(terminal, { NO_COLOR: '1' });

    tree.releaseStarted(started);
    tree.stateEntered(entered);
    tree.stateEntered(inner);
    tree.tick(AT + 62_000);
    tree.close();

    expect(terminal.lines()).toEqual([
      '⠙ r-1  1 m 02 s  data: january.json',
      '  ⠙ Train the challenger 1 m 01 s',
      '    ⠙ train ▸ Train on the offer 1 m 00 s',
    ]);
  });

  test('closes a state to one line when it ends', () => {
    const terminal = fakeTerminal();
    const tree = createTree(terminal, { NO_COLOR: '1' });

    tree.releaseStarted(started);
    tree.stateEntered(entered);
    tree.stateEntered(inner);
    tree.stateExited({ ...inner, atMs: AT + 9000, status: 'succeeded' });
    tree.stateExited({ ...entered, atMs: AT + 11_000, status: 'caught' });
    tree.close();

    expect(terminal.lines()).toEqual(['⠋ r-1  11 s  data: january.json', '  ↯ Train the challenger 10 s']);
  });

  test('shows notes and the latest progress under the tree', () => {
    const terminal = fakeTerminal();
    const tree = createTree(terminal, { NO_COLOR: '1' });

    tree.releaseStarted(started);
    tree.note({ releaseId: 'r-1', text: 'Spot took the instance; resuming from epoch 4', atMs: AT + 5000 });
    tree.progress({ releaseId: 'r-1', text: 'epoch 6/12' });
    tree.progress({ releaseId: 'r-1', text: 'epoch 7/12' });
    tree.close();

    expect(terminal.lines().slice(1)).toEqual([
      '  › Spot took the instance; resuming from epoch 4 after 5 s',
      '  · epoch 7/12',
    ]);
  });

  test('leaves one line of a release that ended', () => {
    const terminal = fakeTerminal();
    const tree = createTree(terminal, { NO_COLOR: '1' });

    tree.releaseStarted(started);
    tree.stateEntered(entered);
    tree.releaseEnded({ id: 'r-1', outcome: 'ROLLED_BACK', reasons: ['the alarm rang'], atMs: AT + 90_000 });
    tree.close();

    expect(terminal.lines()).toEqual(['↩ ROLLED_BACK  r-1  1 m 30 s  the alarm rang']);
  });

  test('never draws more lines than the window has, and folds the oldest', () => {
    const terminal = fakeTerminal({ rows: 10 });
    const tree = createTree(terminal, { NO_COLOR: '1' });

    tree.releaseStarted(started);
    for (let index = 0; index < 30; index += 1) {
      const event = { ...entered, state: `State ${index}` };
      tree.stateEntered(event);
      if (index < 29) tree.stateExited({ ...event, status: 'succeeded' });
    }
    tree.close();

    expect(terminal.lines()).toHaveLength(9);
    expect(terminal.lines()[1]).toBe('  ⋮ 23 states before');
    expect(terminal.lines().at(-1)).toBe('  ⠋ State 29');
    expect(terminal.scrolled()).toBe(0);
  });

  test('cuts lines to a narrow window', () => {
    const terminal = fakeTerminal({ columns: 24 });
    const tree = createTree(terminal, {});

    tree.releaseStarted({ ...started, trigger: 'data: a very long name of a file.json' });
    tree.stateEntered({ ...entered, state: 'A state with quite a long name indeed' });
    tree.close();

    for (const line of terminal.lines()) expect(columnsOf(line)).toBeLessThan(24);
  });

  test('writes nothing when nothing changed', () => {
    const terminal = fakeTerminal();
    const tree = createTree(terminal, {});
    tree.releaseStarted(started);
    const before = terminal.writes.length;

    tree.progress({ releaseId: 'another', text: 'x' });

    expect(terminal.writes).toHaveLength(before);
    tree.close();
  });

  test('hides the cursor once and gives it back', () => {
    const terminal = fakeTerminal();
    const tree = createTree(terminal, {});

    tree.releaseStarted(started);
    tree.tick();
    tree.close();
    tree.close();

    const all = terminal.writes.join('');
    expect(all.split(`${ESC}[?25l`)).toHaveLength(2);
    expect(all.split(`${ESC}[?25h`)).toHaveLength(2);
    expect(all.endsWith('\u001b[?25h')).toBe(true);
  });

  test('leaves no listener on the process behind', () => {
    const before = [process.listenerCount('exit'), process.listenerCount('SIGINT')];

    createTree(fakeTerminal(), {}).close();

    expect([process.listenerCount('exit'), process.listenerCount('SIGINT')]).toEqual(before);
  });

  test('uses colours unless NO_COLOR says otherwise', () => {
    const [colourful, plain] = [fakeTerminal(), fakeTerminal()];

    for (const [terminal, environment] of [
      [colourful, {}],
      [plain, { NO_COLOR: '1' }],
    ] as const) {
      const tree = createTree(terminal, environment);
      tree.releaseStarted(started);
      tree.close();
    }

    expect(colourful.writes.join('')).toContain('\u001b[36m');
    expect(plain.writes.join('')).not.toMatch(new RegExp(`${ESC}\\[\\d+m`));
  });
});

describe('anywhere else', () => {
  test('writes one line per event, with its time', () => {
    const terminal = fakeTerminal({ isTTY: false });
    const tree = createTree(terminal, {});

    tree.releaseStarted(started);
    tree.stateEntered(inner);
    tree.tick();
    tree.stateExited({ ...inner, atMs: AT + 62_000, status: 'succeeded' });
    tree.note({ text: 'the world opens', atMs: AT + 63_000 });
    tree.releaseEnded({ id: 'r-1', outcome: 'LIVE', reasons: [], atMs: AT + 90_000 });
    tree.close();

    expect(terminal.writes.join('').split('\n')).toEqual([
      '2026-03-02T09:00:00Z  r-1  started: flight-delay, data: january.json',
      '2026-03-02T09:00:02Z  r-1  train ▸ Train the challenger ▸ Train on the offer entered',
      '2026-03-02T09:01:02Z  r-1  train ▸ Train the challenger ▸ Train on the offer done after 1 m 00 s',
      '2026-03-02T09:01:03Z  the world opens',
      '2026-03-02T09:01:30Z  ✓ LIVE  r-1  1 m 30 s',
      '',
    ]);
  });

  test('tells only the latest progress, with the next event', () => {
    const terminal = fakeTerminal({ isTTY: false });
    const tree = createTree(terminal, {});

    tree.releaseStarted(started);
    for (let epoch = 1; epoch <= 12; epoch += 1)
      tree.progress({ releaseId: 'r-1', text: `epoch ${epoch}/12` });
    tree.stateEntered(entered);

    expect(terminal.writes.filter((line) => line.includes('epoch'))).toEqual([
      '2026-03-02T09:00:01Z  r-1  epoch 12/12\n',
    ]);
  });

  test('lets no text break out of its line', () => {
    const terminal = fakeTerminal({ isTTY: false });

    createTree(terminal, {}).note({ text: 'one\ntwo\u001b[2Jthree', atMs: AT });

    expect(terminal.writes).toEqual(['2026-03-02T09:00:00Z  one two [2Jthree\n']);
  });
});

describe('outcomeTable', () => {
  test('is a box whose lines are equally wide', () => {
    const lines = outcomeTable(sampleData().releases, { columns: 90 }).split('\n');

    expect(new Set(lines.map(columnsOf)).size).toBe(1);
    expect(columnsOf(lines[0] ?? '')).toBeLessThanOrEqual(90);
  });

  test('tells outcome, time, transitions and each reason', () => {
    const text = outcomeTable(sampleData().releases);

    expect(text).toMatch(/flight-delay-20260302-090004-7c1e +data +✓ LIVE +26 m 20 s +41 /);
    expect(text).toContain('› auc is 0.517, below 0.6');
    expect(text).toContain('↩ ROLLED_BACK');
  });

  test('cuts ids in their middle where the terminal is narrow', () => {
    const text = outcomeTable(sampleData().releases, { columns: 66 });

    expect(text).toMatch(/│ fligh\S*…\S*7c1e /);
  });
});

describe('cut', () => {
  test('counts letters that take two columns, and closes colours', () => {
    expect(cut('日本語のモデル', 7)).toBe('日本語…');
    expect(cut('\u001b[31mabcdef\u001b[39m', 4)).toBe('\u001b[31mabc…\u001b[0m');
  });
});

interface FakeTerminal extends Output {
  readonly writes: string[];
  /** What a person would see. */
  lines(): string[];
  /** How many drawn lines left the window at its top: redrawing could not reach them. */
  scrolled(): number;
}

function fakeTerminal({ columns = 100, rows = 40, isTTY = true } = {}): FakeTerminal {
  const writes: string[] = [];
  const replay = () => {
    let seen: string[] = [];
    let highest = 0;
    for (const part of writes
      .join('')
      .replace(new RegExp(`${ESC}\\[(\\?25[lh]|K)`, 'g'), '')
      .split(new RegExp(`(\\r${ESC}\\[\\d+A|\\r|${ESC}\\[J)`))) {
      const up = /\[(\d+)A/.exec(part)?.[1];
      if (up !== undefined) seen = seen.slice(0, seen.length - Number(up));
      else if (part !== '\r' && part !== '\u001b[J' && part !== '')
        seen.push(...part.split('\n').slice(0, -1));
      highest = Math.max(highest, seen.length - (rows - 1));
    }
    return { seen, highest };
  };
  return {
    writes,
    isTTY,
    columns,
    rows,
    write: (text) => writes.push(text),
    lines: () => replay().seen,
    scrolled: () => Math.max(0, replay().highest),
  };
}
