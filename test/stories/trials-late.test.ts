import { executionsOf } from './support/rollbacks.ts';
import { test } from './support/test.ts';
import { asShadow, byWeights, expectChampionAsBefore, expectTurnFree, openTrial } from './support/trials.ts';

const SAGEMAKER = { service: 'sagemaker', kind: 'slow' } as const;

describe('a call of a trial that lands after its machine was stopped', () => {
  for (const [kind, shift] of [
    ['weights', byWeights],
    ['shadow', asShadow],
  ] as const) {
    test(`is waited for before the champion is said to serve: ${kind}`, async () => {
      const { story, champion, arn } = await openTrial({
        shift,
        // No call is answered at once; here those that would forget the trial are slower than the one that begins it.
        faults: [
          { ...SAGEMAKER, operation: 'UpdateEndpoint', by: '*TrialMachineRole*', seconds: 2 },
          { ...SAGEMAKER, operation: 'DeleteEndpointConfig', by: '*DeployMachineRole*', seconds: 3 },
        ],
      });
      await story.entered('Move the endpoint', 'trial');
      await story.abort(executionsOf(story, 'trial').at(-1)!.arn);

      const release = await story.releasedAs(arn);

      expect(release.outcome).not.toBe('LIVE');
      await expectChampionAsBefore(story, champion.config);
      expectTurnFree(story);
    });
  }
});
