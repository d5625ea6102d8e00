import type { HistoryEvent } from '../../local/asl/history.ts';
import { HistoryReader } from '../../play/history.ts';

let clockMs = 0;
const event = (id: number, previousEventId: number, type: string, details?: object): HistoryEvent => {
  clockMs += 1000;
  const key = /State(Entered|Exited)$/.test(type)
    ? `state${type.endsWith('Entered') ? 'Entered' : 'Exited'}EventDetails`
    : `${type[0]!.toLowerCase()}${type.slice(1)}EventDetails`;
  return {
    timestamp: new Date(clockMs),
    id,
    previousEventId,
    type,
    ...(details && { [key]: details }),
  } as HistoryEvent;
};

const told = (reader: HistoryReader) =>
  reader.visits.map(({ state, status, path, retries }) => ({ state, status, path, retries }));

describe('reading a history', () => {
  test('tells a state that failed and was caught, with its retries and its error', () => {
    const reader = new HistoryReader();

    reader.read([
      event(1, 0, 'ExecutionStarted'),
      event(2, 0, 'TaskStateEntered', { name: 'Ask' }),
      event(3, 2, 'TaskScheduled', {}),
      event(4, 3, 'TaskFailed', { error: 'Throttled' }),
      event(5, 4, 'TaskScheduled', {}),
      event(6, 5, 'TaskFailed', { error: 'S3.NoSuchKeyException' }),
      event(7, 6, 'TaskStateExited', { name: 'Ask' }),
      event(8, 7, 'FailStateEntered', { name: 'Give up' }),
    ]);

    expect(told(reader)).toEqual([
      { state: 'Ask', status: 'caught', path: [], retries: 1 },
      { state: 'Give up', status: 'running', path: [], retries: 0 },
    ]);
    expect(reader.visits[0]?.error).toBe('S3.NoSuchKeyException');
  });

  test('keeps the items of a Map apart, though their events are mixed', () => {
    const reader = new HistoryReader();

    reader.read([
      event(1, 0, 'MapStateEntered', { name: 'All' }),
      event(2, 1, 'MapStateStarted', { length: 2 }),
      event(3, 2, 'MapIterationStarted', { name: 'All', index: 0 }),
      event(4, 2, 'MapIterationStarted', { name: 'All', index: 1 }),
      event(5, 3, 'PassStateEntered', { name: 'One' }),
      event(6, 4, 'PassStateEntered', { name: 'One' }),
      event(7, 6, 'PassStateExited', { name: 'One' }),
      event(8, 7, 'MapIterationSucceeded', { name: 'All', index: 1 }),
      event(9, 5, 'PassStateExited', { name: 'One' }),
      event(10, 9, 'MapIterationSucceeded', { name: 'All', index: 0 }),
      event(11, 10, 'MapStateSucceeded'),
      event(12, 10, 'MapStateExited', { name: 'All' }),
      event(13, 12, 'SucceedStateEntered', { name: 'Done' }),
    ]);

    expect(told(reader)).toEqual([
      { state: 'All', status: 'succeeded', path: [], retries: 0 },
      { state: 'One', status: 'succeeded', path: ['All', 'item 1'], retries: 0 },
      { state: 'One', status: 'succeeded', path: ['All', 'item 2'], retries: 0 },
      { state: 'Done', status: 'running', path: [], retries: 0 },
    ]);
  });

  test('goes on where it stopped when the history has grown', () => {
    const reader = new HistoryReader();
    const history = [event(1, 0, 'PassStateEntered', { name: 'One' })];

    const first = reader.read(history).map(({ kind }) => kind);
    history.push(event(2, 1, 'PassStateExited', { name: 'One' }));
    const second = reader.read(history).map(({ kind }) => kind);

    expect([first, second]).toEqual([['entered'], ['exited']]);
  });

  test('closes what was open when the execution ended', () => {
    const reader = new HistoryReader();
    reader.read([event(1, 0, 'TaskStateEntered', { name: 'Ask' })]);

    reader.close(99);

    expect(reader.visits[0]).toMatchObject({ status: 'failed', exitedAtMs: 99 });
  });
});
