import type { CallFault, EventFault } from '../../local/faults/faults.ts';
import { openStory } from './support/story.ts';
import { test } from './support/test.ts';

const endpointEvents = {
  pattern: { source: ['aws.sagemaker'], 'detail-type': [{ wildcard: '*Endpoint*' }] },
};

describe('a release goes live although', () => {
  const lists: [string, { faults?: CallFault[]; events?: EventFault[] }][] = [
    [
      'the answer to its start is lost on the way to the function',
      {
        faults: [
          {
            service: 'stepfunctions',
            operation: 'StartExecution',
            by: '*RouteEvents*',
            call: 1,
            kind: 'lose-answer',
          },
        ],
      },
    ],
    [
      'the endpoint’s update is asked for twice, and the first answer comes late',
      {
        faults: [
          { service: 'sagemaker', operation: 'UpdateEndpoint', call: 1, kind: 'slow', seconds: 20 },
          { service: 'sagemaker', operation: 'CreateTrainingJob', call: 1, kind: 'twice' },
        ],
      },
    ],
    [
      'a write to the table is throttled',
      { faults: [{ service: 'dynamodb', operation: 'UpdateItem', call: 1, kind: 'throttle' }] },
    ],
    [
      'the endpoint’s events come in another order and more than once',
      {
        events: [
          { ...endpointEvents, event: 1, kind: 'reorder' },
          { ...endpointEvents, event: 3, kind: 'double' },
        ],
      },
    ],
    ['none of the endpoint’s events arrive', { events: [{ ...endpointEvents, kind: 'drop' }] }],
  ];
  for (const [what, { faults = [], events = [] }] of lists) {
    test(what, async () => {
      const story = await openStory();
      await story.liveRelease();
      story.play({ faults, events });
      story.upload('next.json');
      const release = await story.released();

      expect(release.outcome).toBe('LIVE');
      expect(story.world.journal.text()).toMatch(/ fault: | keeps aws\.sagemaker | lost aws\.sagemaker /);
    });
  }
});
