import { diesWhileShifting, notices, openWithLive, request, rollsBack, turnOf } from './support/rollbacks.ts';
import type { Story } from './support/story.ts';
import { ENDPOINT } from './support/story.ts';
import { test } from './support/test.ts';

describe('an endpoint that does not stay on the earlier config', () => {
  test('is brought back once more, and people hear of the rollback alone', async () => {
    const { story, live } = await openWithLive(2);
    const { config } = live[0]!;
    returns(story, config, 1);

    const { answer } = await rollsBack(story, request);

    expect(answer).toMatchObject({ outcome: 'LIVE', servedConfig: config, reasons: [] });
    expect(updatesTo(story, config)).toBe(3);
    expect(await story.served()).toMatchObject({ status: 'InService', config });
    expect(notices(story).map(({ subject }) => subject)).toEqual([
      'Signalbox: rollback of flight-delay LIVE',
    ]);
    expect(turnOf(story)).toMatchObject({ live: config });
    expect(turnOf(story)).not.toHaveProperty('shifting');
  });

  test('is left as it is after that, and a person is called', async () => {
    const { story, live } = await openWithLive(2);
    const [first, second] = live;
    returns(story, first!.config, 2);

    const { answer } = await rollsBack(story, request);

    expect(answer).toMatchObject({ outcome: 'FAILED', servedConfig: second!.config });
    expect(updatesTo(story, first!.config)).toBe(3);
    expect(notices(story)[0]!.subject).toBe('Signalbox: rollback of flight-delay FAILED');
  });

  test('does not keep the next release from what a dead one left', async () => {
    const { story, live } = await openWithLive(1, { provisioning: { fleetSeconds: 900 } });
    await diesWhileShifting(story);
    returns(story, live[0]!.config, 1);

    const { config } = await story.liveRelease();

    expect(await story.served()).toMatchObject({ status: 'InService', config });
    expect(turnOf(story)).not.toHaveProperty('shifting');
  });
});

/** SageMaker goes back by itself from so many updates to this config. */
function returns(story: Story, config: string, times: number): void {
  let left = times;
  story.play({
    endpointUpdate: (_endpoint, to) => (to === config && left-- > 0 ? 'return-to-old-config' : 'shift'),
  });
}

/** The first of its own release among them. */
const updatesTo = (story: Story, config: string): number =>
  story.calls.filter(
    ({ operation, input }) =>
      /^(Create|Update)Endpoint$/.test(operation) &&
      (input as { EndpointName: string }).EndpointName === ENDPOINT &&
      (input as { EndpointConfigName: string }).EndpointConfigName === config,
  ).length;
