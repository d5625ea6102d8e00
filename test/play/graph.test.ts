import type { MachineDefinition, ReportExecution, ReportVisit } from '../../play/report/data.ts';
import { placeMachine } from '../../play/report/graph/layout.ts';
import { pathTaken } from '../../play/report/graph/path.ts';
import { drawExecution, drawMachine } from '../../play/report/graph.ts';
import { deploy, release, train } from './sample/machines.ts';
import { sampleData } from './sample-data.ts';

const machines: Readonly<Record<string, MachineDefinition>> = { release, train, deploy };

const small: MachineDefinition = {
  Comment: 'Small.',
  StartAt: 'Try',
  States: {
    Try: { Type: 'Task', Next: 'Is it done?', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Mend' }] },
    'Is it done?': { Type: 'Choice', Choices: [{ Condition: '{% $done %}', Next: 'Each' }], Default: 'Try' },
    Each: {
      Type: 'Map',
      ItemProcessor: {
        StartAt: 'First',
        States: { First: { Type: 'Pass', Next: 'Second' }, Second: { Type: 'Pass', End: true } },
      },
      Next: 'Done',
    },
    Done: { Type: 'Succeed' },
    Mend: { Type: 'Task', Next: 'Is it done?' },
  },
};

describe('drawExecution', () => {
  test('marks what was visited, what was caught and what was not entered', () => {
    const svg = drawn([visit('Try', 'caught'), visit('Mend'), visit('Is it done?')]);

    expect(classesOf(svg, 'Try')).toContain('visited caught');
    expect(classesOf(svg, 'Mend')).toContain('visited succeeded');
    expect(classesOf(svg, 'Done')).toContain('missed');
  });

  test('counts a state that was entered more than once', () => {
    const svg = drawn([visit('Try'), visit('Is it done?'), visit('Try'), visit('Is it done?')]);

    expect(svg.match(/×2/g)).toHaveLength(2);
  });

  test('marks every state that the sample releases entered', () => {
    for (const { executions } of sampleData().releases) {
      for (const execution of executions) {
        const definition = machines[execution.machine] ?? small;
        const svg = drawExecution(definition, execution).toString();
        for (const { state } of execution.visits) {
          expect(classesOf(svg, state.replaceAll("'", '&#39;'))).toContain('visited');
        }
      }
    }
  });
});

describe('pathTaken', () => {
  test('follows a catch where a state failed, and a next where it did not', () => {
    const path = pathTaken(small, [visit('Try', 'caught'), visit('Mend'), visit('Is it done?')], 0);

    expect([...path.arrows]).toEqual(['caught|Try|Mend', 'next|Mend|Is it done?']);
  });

  test('tells apart the items of a Map that run at the same time', () => {
    const visits = [
      visit('Each'),
      { ...visit('First'), iteration: 0 },
      { ...visit('First'), iteration: 1 },
      { ...visit('Second'), iteration: 1 },
      { ...visit('Second'), iteration: 0 },
      visit('Done'),
    ];

    const path = pathTaken(small, visits, 0);

    expect([...path.arrows].sort()).toEqual(['next|Each|Done', 'next|First|Second']);
  });
});

describe('placeMachine', () => {
  test.each(Object.entries(machines))('lays no state of %s over another', (_, machine) => {
    const states = [...placeMachine(machine).states.values()];

    for (const [index, one] of states.entries()) {
      for (const other of states.slice(index + 1)) {
        const apart =
          one.x + one.width <= other.x ||
          other.x + other.width <= one.x ||
          one.y + one.height <= other.y ||
          other.y + other.height <= one.y;
        expect(apart ? '' : `${one.name} over ${other.name}`).toBe('');
      }
    }
  });

  test('keeps the usual path in one straight line', () => {
    const { states } = placeMachine(release);
    const middles = ['Read the request', 'Plan release', 'Train the challenger', 'Tell the outcome'].map(
      (name) => {
        const { x = 0, width = 0 } = states.get(name) ?? {};
        return Math.round(x + width / 2);
      },
    );

    expect(new Set(middles).size).toBe(1);
  });

  test('keeps every arrow of the definition', () => {
    const placed = placeMachine(deploy);
    const drawnArrows =
      placed.arrows.length + placed.rails.reduce((sum, { arrows }) => sum + arrows.length, 0);

    expect(drawnArrows).toBe(20);
  });
});

describe('drawMachine', () => {
  test('is an SVG file of its own, with a title and its own ground', () => {
    const svg = drawMachine(release, { title: 'release' });

    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).toContain('<title>release</title>');
    expect(svg).toContain('class="ground"');
    expect(svg).toContain('prefers-color-scheme:dark');
    expect(svg).not.toMatch(/undefined|NaN/);
  });

  test('names every state, also those inside a Map', () => {
    const svg = drawMachine(release, { title: 'release' });

    for (const name of Object.keys(release.States)) {
      expect(svg).toContain(`data-state="${name.replaceAll("'", '&#39;')}"`);
    }
    expect(svg).toContain('data-state="Read the metrics"');
  });

  test('draws a machine of a single state', () => {
    const svg = drawMachine({ StartAt: 'Only', States: { Only: { Type: 'Succeed' } } }, { title: 'one' });

    expect(svg).toContain('data-state="Only"');
  });
});

function drawn(visits: readonly ReportVisit[]): string {
  const execution: ReportExecution = {
    machine: 'small',
    name: 'one',
    status: 'SUCCEEDED',
    startedAtMs: 0,
    endedAtMs: 10,
    visits,
  };
  return drawExecution(small, execution).toString();
}

function visit(state: string, status: ReportVisit['status'] = 'succeeded'): ReportVisit {
  return { state, type: 'Task', enteredAtMs: 0, exitedAtMs: 1, status, retries: 0 };
}

function classesOf(svg: string, state: string): string {
  const found = [...svg.matchAll(/<g class="(state [^"]*)" data-state="([^"]*)"/g)].find(
    (one) => one[2] === state,
  );
  return found?.[1] ?? '';
}
