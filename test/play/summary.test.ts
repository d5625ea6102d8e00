import { furthestOff, summaryOf } from '../../play/summary.ts';
import { sampleData } from './sample-data.ts';

describe('the summary', () => {
  test('tells a program what became of each release', () => {
    const data = sampleData();
    const { releases, ...whole } = summaryOf(data);

    expect(whole).toEqual({
      seed: 7,
      wallSeconds: data.wallSeconds,
      peakRssMb: 612.4,
      traffic: {
        requests: data.traffic.requests,
        failed: data.traffic.failed,
        failedOnChampion: 0,
        fleets: [
          expect.objectContaining({ variant: 'main', isShadow: false, failed: 0 }),
          expect.objectContaining({ failed: 0 }),
          expect.objectContaining({ failed: data.traffic.failed }),
        ],
        phases: [
          expect.objectContaining({ expectedShare: 0.25, share: 0.25, offBy: 0, championFailed: 0 }),
          expect.objectContaining({ expectedShare: 0.25, share: 0.26, offBy: 0.01, championFailed: 0 }),
        ],
      },
    });
    expect(releases.map(({ outcome, trigger }) => [trigger, outcome])).toEqual([
      ['data', 'LIVE'],
      ['data', 'LIVE'],
      ['image', 'ROLLED_BACK'],
      ['data', 'REJECTED'],
    ]);
    const [first] = releases;
    expect(first).toEqual({
      id: data.releases[0]!.id,
      pipeline: 'flight-delay',
      trigger: 'data',
      outcome: 'LIVE',
      reasons: [],
      transitions: data.releases[0]!.transitions,
      training: {
        spotInterruptions: expect.any(Number),
        resumedFromEpoch: 5,
        trainingSeconds: expect.any(Number),
        billableSeconds: expect.any(Number),
      },
      compilation: null,
      notes: [],
      metrics: expect.objectContaining({ auc: 0.671 }),
      endpoint: { intendedConfig: expect.any(String), servedConfig: expect.any(String) },
    });
  });

  test('knows the phase in which the share was furthest off', () => {
    const { traffic } = sampleData();

    expect(furthestOff(traffic)).toBeCloseTo(0.01, 6);
    expect(furthestOff({ phases: [] })).toBeUndefined();
  });

  test('says null, and leaves nothing out, of a release that did not come that far', () => {
    const data = sampleData();
    const nothing = { outcome: undefined, training: undefined, challenger: undefined, endpoint: undefined };
    const unfinished = { ...data, releases: [{ ...data.releases[0]!, ...nothing }] };

    expect(JSON.parse(JSON.stringify(summaryOf(unfinished))).releases).toEqual([
      expect.objectContaining({ outcome: null, training: null, metrics: {}, endpoint: null }),
    ]);
  });
});
