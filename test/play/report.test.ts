import type { ReportData, ReportRelease } from '../../play/report/data.ts';
import { renderReport } from '../../play/report/render.ts';
import { sampleData } from './sample-data.ts';

const HOSTILE = `<script>alert("x")</script>&'"\u001b[31m`;

describe('renderReport', () => {
  test('writes one file that needs nothing else', () => {
    const html = renderReport(sampleData());

    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html).not.toMatch(/(src|href)="(?!#)/);
    expect(html).not.toMatch(/@import|https?:\/\/(?!www\.w3\.org)/);
  });

  test('leaves no undefined and no NaN anywhere', () => {
    expect(slip(renderReport(sampleData()))).toBeUndefined();
  });

  test('closes every element that it opens', () => {
    expect(unbalanced(renderReport(sampleData()))).toEqual([]);
  });

  test('is the same for the same data', () => {
    expect(renderReport(sampleData())).toBe(renderReport(sampleData()));
  });

  test('tells outcomes by word, reasons, and the command that plays it again', () => {
    const html = renderReport(sampleData());

    for (const word of ['LIVE', 'ROLLED_BACK', 'REJECTED']) expect(html).toContain(word);
    expect(html).toContain('auc is 0.517, below 0.6');
    expect(html).toContain('npm start -- --seed 7');
  });

  test('links each row of the summary to its release', () => {
    const html = renderReport(sampleData());

    for (const anchor of ['release-1', 'release-2', 'release-3', 'release-4']) {
      expect(html).toContain(`href="#${anchor}"`);
      expect(html).toContain(`id="${anchor}"`);
    }
  });

  test('tells the Spot interruption, the epoch it resumed from and what was saved', () => {
    const html = renderReport(sampleData());

    expect(html).toContain('Spot took the instance away once; it resumed from epoch 5.');
    expect(html).toContain('69\u202f% saved');
  });

  test('shows that another config serves after a roll-back', () => {
    const html = renderReport(sampleData());

    expect(html.match(/served as meant/g)).toHaveLength(2);
    expect(html.match(/another config serves/g)).toHaveLength(1);
  });

  test('escapes hostile text wherever it appears', () => {
    const html = renderReport(everywhereHostile());

    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('\u001b');
    expect(html).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;&quot;[31m');
    expect(unbalanced(html)).toEqual([]);
  });

  test('draws a release of which little is known', () => {
    const data = { ...sampleData(), releases: [bare()] };

    const html = renderReport(data);

    expect(html).toContain('RUNNING');
    expect(slip(html)).toBeUndefined();
  });

  test('draws a run without releases and without traffic', () => {
    const data: ReportData = {
      ...sampleData(),
      releases: [],
      machines: {},
      traffic: {
        requests: 0,
        failed: 0,
        failedOnChampion: 0,
        seconds: [],
        phases: [],
        alarms: [],
        marks: [],
      },
    };

    const html = renderReport(data);

    expect(html).toContain('No release was started');
    expect(html).toContain('No requests were sent.');
    expect(slip(html)).toBeUndefined();
  });

  test('says so where the stack has no definition of a machine that ran', () => {
    const html = renderReport({ ...sampleData(), machines: {} });

    expect(html).toContain('The packaged stack has no machine of this name.');
  });

  test('tells which steps were run and which were not, and why', () => {
    const html = renderReport(sampleData());

    expect(html).toMatch(/<th scope="row">processing<\/th><td>reused<\/td>/);
    expect(html).toMatch(/<th scope="row">training<\/th><td>run<\/td>/);
    expect(html).toContain('hyperparameters.epochs changed (8 to 12)');
  });

  test('tells the share that a challenger should have got, and the one that it got', () => {
    const html = renderReport(sampleData());

    expect(html).toContain('The challenger’s share, phase by phase');
    expect(html).toMatch(
      /release 3<\/th>\s*<td>whole instances<\/td>\s*<td class="number">25\u202f%<\/td>\s*<td class="number">26\u202f%<\/td>/,
    );
    expect(html).toContain('104 of 400');
  });

  test('draws copies apart from what was answered, and does not count what failed among them', () => {
    const data = sampleData();
    const atMs = data.startedAtMs + 60_000;
    const row = { atMs, fleet: 'r2-trial', requests: 50, errors: 0, p50Ms: 3, p99Ms: 9 };
    const seconds = [
      { ...row, variant: 'challenger', isShadow: true, errors: 50 },
      { ...row, variant: 'main', isShadow: false },
    ];

    const html = renderReport({ ...data, traffic: { ...data.traffic, seconds, failed: 0 } });

    expect(html).toContain('r2-trial / challenger (copies)');
    expect(html).toContain('whose answers nobody gets');
    expect(html).toContain('class="fleet fleet-1 copies"');
    expect(html).not.toContain('>failed\n');
    expect(slip(html)).toBeUndefined();
  });

  test('holds a compiled model against the one that it was made from', () => {
    const data = sampleData();
    const compilation = {
      compiled: true,
      reason: '',
      seconds: 110,
      predictionDifference: 5.96e-8,
      speedUp: 4.44,
      microseconds: 5.4,
      uncompiledMicroseconds: 23.9,
      archiveBytes: 76_792,
      uncompiledArchiveBytes: 414_357,
    };
    const release = { ...(data.releases[0] as ReportRelease), compilation, notes: ['Watched until noon.'] };

    const html = renderReport({ ...data, releases: [release] });

    expect(html).toContain('5.96e-8');
    expect(html).toContain('5.4 µs, uncompiled 23.9 µs');
    expect(html).toContain('Watched until noon.');
    expect(slip(html)).toBeUndefined();
  });

  test('says how to play it again, with the same pipeline file', () => {
    const html = renderReport({ ...sampleData(), pipelineFile: 'linear' });

    expect(html).toContain('npm start -- --pipeline linear --seed');
  });

  test('survives numbers that are none', () => {
    const data = sampleData();
    const release = data.releases[0] as ReportRelease;
    const challenger = {
      ...release.challenger!,
      metrics: { auc: Number.NaN },
      roc: [{ fpr: Number.NaN, tpr: 1 }],
    };

    const html = renderReport({ ...data, peakRssMb: Number.NaN, releases: [{ ...release, challenger }] });

    expect(slip(html)).toBeUndefined();
  });
});

function bare(): ReportRelease {
  return {
    id: 'r',
    pipeline: 'p',
    trigger: { kind: 'manual', detail: 'asked by hand' },
    outcome: undefined,
    reasons: [],
    startedAtMs: 1000,
    endedAtMs: 1000,
    transitions: 0,
    executions: [],
    steps: [],
    training: undefined,
    challenger: undefined,
    champion: undefined,
    gates: [],
    compilation: undefined,
    notes: [],
    endpoint: undefined,
    spans: [],
  };
}

/** The sample with every text of releases and traffic replaced, but for the names by which parts find each other. */
function everywhereHostile(): ReportData {
  const fixed = new Set(['action', 'kind', 'status', 'type', 'outcome', 'machine', 'to', 'from']);
  const spoiled = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return fixed.has(key) ? value : HOSTILE;
    if (Array.isArray(value)) return value.map((one) => spoiled(one, key));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, spoiled(one, name)]));
    }
    return value;
  };
  const data = sampleData();
  const machine = {
    StartAt: HOSTILE,
    Comment: HOSTILE,
    States: { [HOSTILE]: { Type: 'Task', Comment: HOSTILE, End: true } },
  };
  return {
    ...data,
    releases: spoiled(data.releases, '') as ReportData['releases'],
    traffic: spoiled(data.traffic, '') as ReportData['traffic'],
    machines: { release: machine, train: machine, deploy: machine },
  };
}

/** The first place where a value that is none was written. */
function slip(html: string): string | undefined {
  return /.{0,60}(undefined|NaN|Infinity|\[object).{0,20}/.exec(withoutCode(html))?.[0];
}

const VOID = new Set(['meta', 'br', 'link', 'input']);

/** Elements left open, or closed without having been opened. */
function unbalanced(html: string): string[] {
  const open: string[] = [];
  const faults: string[] = [];
  for (const [, slash, name = '', self] of withoutCode(html).matchAll(
    /<(\/?)([a-zA-Z0-9]+)(?:[^>"]|"[^"]*")*?(\/?)>/g,
  )) {
    if (self === '/' || VOID.has(name)) continue;
    if (slash === '') open.push(name);
    else if (open.pop() !== name) faults.push(name);
  }
  return [...faults, ...open];
}

function withoutCode(html: string): string {
  return html.replace(/<script>[\s\S]*?<\/script>|<style>[\s\S]*?<\/style>/g, '');
}
