import { VirtualClock } from '../../../local/clock/virtual-clock.ts';
import { EventFaults } from '../../../local/faults/event-faults.ts';
import type { EventFault } from '../../../local/faults/faults.ts';
import { Journal } from '../../../local/journal.ts';
import { Random } from '../../../local/random.ts';
import type { EventEnvelope } from '../../../local/services/events/rule.ts';
import type { World } from '../../../local/world.ts';

/** Sends events that are told apart by their ids, and notes which arrive, and after how many seconds. */
const road = (...events: EventFault[]) => {
  const clock = new VirtualClock(0);
  const world = { clock, random: new Random(7), journal: new Journal(clock), scenario: { events } };
  const faults = new EventFaults(world as unknown as World);
  const arrived: string[] = [];
  const send = (id: string, source = 'aws.sagemaker'): void =>
    faults.send(
      envelope(id, source),
      () => envelope(`${id}-again`, source),
      (event, delaySeconds) => arrived.push(`${event.id}+${clock.now() / 1000 + delaySeconds}`),
    );
  return { send, arrived, clock, journal: world.journal };
};

const envelope = (id: string, source: string): EventEnvelope => ({
  version: '0',
  id,
  'detail-type': 'Change',
  source,
  account: '123456789012',
  time: '1970-01-01T00:00:00Z',
  region: 'eu-west-1',
  resources: [],
  detail: {},
});

const sagemaker = { pattern: { source: ['aws.sagemaker'] } };

test('drops, doubles and delays the n-th matching event', () => {
  const { send, arrived, journal } = road(
    { ...sagemaker, event: 2, kind: 'drop' },
    { ...sagemaker, event: 3, kind: 'double' },
    { ...sagemaker, event: 4, kind: 'delay', seconds: 90 },
  );
  for (const id of ['a', 'b', 'c', 'd', 'e']) send(id);
  send('x', 'aws.s3');

  expect(arrived).toEqual(['a+0', 'c+0', 'c-again+0', 'd+90', 'e+0', 'x+0']);
  expect(journal.text()).toContain('events lost aws.sagemaker "Change" b');
  expect(journal.text()).toContain('events sends aws.sagemaker "Change" c again as c-again');
  expect(journal.text()).toContain('events delays aws.sagemaker "Change" d by 90 s');
});

test('lets the next matching event overtake', () => {
  const { send, arrived } = road({ ...sagemaker, event: 1, kind: 'reorder' });
  send('a');
  send('x', 'aws.s3');
  send('b');

  expect(arrived).toEqual(['x+0', 'b+0', 'a+0']);
});

test('lets an event that nothing overtakes come alone in the end', async () => {
  const { send, arrived, clock } = road({ event: 1, kind: 'reorder', seconds: 20 });
  send('a');
  await clock.advance(20_000);
  send('b');

  expect(arrived).toEqual(['a+20', 'b+20']);
});

test('refuses a pattern that no rule could have, at once', () => {
  expect(() => road({ pattern: { source: 'aws.s3' }, kind: 'drop' })).toThrow(/source/);
});
