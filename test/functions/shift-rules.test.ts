import { following } from './support/following.ts';
import { planRequest } from './support/requests.ts';

const attempt = (deploy: object) => () =>
  planRequest({}, { pipeline: 'flight-delay', overrides: { deploy } });

/** What stands before each path: the faults are the overrides'. */
const at = (path: string): string => `$.overrides.deploy.${path}`;

describe('a field that belongs to another type of shift is refused with what the type takes', () => {
  test.each([
    [
      { type: 'all-at-once', percent: 25 },
      'percent means nothing to all-at-once, which takes bakeSeconds, terminationWaitSeconds',
    ],
    [
      { type: 'canary', stepPercent: 20 },
      'stepPercent means nothing to canary, which takes percent, instances,',
    ],
    [
      { type: 'rolling', terminationWaitSeconds: 60 },
      'terminationWaitSeconds means nothing to rolling, which takes batchPercent,',
    ],
    [{ type: 'linear', bakeSeconds: 600 }, 'bakeSeconds means nothing to linear, which takes stepPercent,'],
    [
      { type: 'weights', seconds: 600 },
      'seconds means nothing to weights, which takes steps, intervalSeconds, instances',
    ],
    [
      { type: 'shadow', steps: [10] },
      'steps means nothing to shadow, which takes percent, instances, seconds, compare, then',
    ],
    [{ type: 'shadow', ...following({ type: 'canary', steps: [10] }) }, 'then.steps means nothing to canary'],
    [{ type: 'linear', ...following({ type: 'canary' }) }, 'then means nothing to linear'],
  ])('%j', (shift, message) => {
    expect(attempt({ shift })).toThrow(at(`shift.${message}`));
  });
});

describe('a shift is refused', () => {
  test.each([
    [
      'with two sizes of a canary',
      { type: 'canary', percent: 25, instances: 1 },
      ' has percent and instances; give one',
    ],
    [
      'with a canary of more than half',
      { type: 'canary', percent: 60 },
      '.percent is 60; 1 to 50 % of the fleet may move at a time (SageMaker API, CanarySize)',
    ],
    [
      'with a canary of less than one instance',
      { type: 'canary', percent: 20 },
      '.percent is 20; 20 % of 4 instances is less than one whole instance (SageMaker API, CanarySize): give at least 25',
    ],
    [
      'with more canary instances than half',
      { type: 'canary', instances: 3 },
      '.instances is 3; at most half of 4 instances may be the canary (SageMaker API, CanarySize): give at most 2',
    ],
    [
      'with a linear step under ten percent',
      { type: 'linear', stepPercent: 9 },
      '.stepPercent is 9; 10 to 50 % of the fleet may move at a time (SageMaker API, LinearStepSize)',
    ],
    ['with a linear step over half', { type: 'linear', stepPercent: 51 }, '.stepPercent is 51; 10 to 50 %'],
    [
      'with a linear step of less than one instance',
      { type: 'linear', stepPercent: 20 },
      '.stepPercent is 20; 20 % of 4 instances is less than one',
    ],
    [
      'with a rolling batch over half',
      { type: 'rolling', batchPercent: 60 },
      '.batchPercent is 60; 5 to 50 % of the fleet may move at a time (SageMaker API, MaximumBatchSize)',
    ],
    [
      'with a rolling batch of less than one instance',
      { type: 'rolling', batchPercent: 5 },
      '.batchPercent is 5; 5 % of 4 instances is less than one',
    ],
    [
      'with a rollback batch under five percent',
      { type: 'rolling', rollbackBatchPercent: 4 },
      '.rollbackBatchPercent is 4; give 5 to 100',
    ],
    [
      'with linear intervals over an hour',
      { type: 'linear', intervalSeconds: 3601 },
      '.intervalSeconds is 3601; SageMaker waits at most 3600 s at a time (SageMaker API, WaitIntervalInSeconds): for longer steps choose weights',
    ],
    [
      'with rolling intervals over an hour',
      { type: 'rolling', intervalSeconds: 7200 },
      '.intervalSeconds is 7200; SageMaker waits at most',
    ],
    [
      'with a bake that no alarm can use',
      { type: 'canary', bakeSeconds: 179 },
      '.bakeSeconds is 179; the alarms look once a minute and need 2 full ones',
    ],
    [
      'with linear intervals that no alarm can use',
      { type: 'linear', intervalSeconds: 120 },
      '.intervalSeconds is 120; the alarms look once',
    ],
    [
      'with steps of weights that no alarm can use',
      { type: 'weights', intervalSeconds: 120 },
      '.intervalSeconds is 120; the alarms look once',
    ],
    [
      'with a follower of a shadow that no alarm can use',
      { type: 'shadow', ...following({ type: 'rolling', intervalSeconds: 60 }) },
      '.then.intervalSeconds is 60; the alarms look once',
    ],
    [
      'with a follower of a shadow that is too large',
      { type: 'shadow', ...following({ type: 'canary', percent: 60 }) },
      '.then.percent is 60; 1 to 50 %',
    ],
    [
      'with a shadow after a shadow',
      { type: 'shadow', ...following({ type: 'shadow' }) },
      '.then.type is shadow, which answers nobody; say how the challenger takes over',
    ],
    [
      'with weights that fall',
      { type: 'weights', steps: [50, 10] },
      '.steps is 50, 10; each share must be larger than the one before',
    ],
    [
      'with weights that repeat a step',
      { type: 'weights', steps: [10, 10] },
      '.steps is 10, 10; each share must be larger',
    ],
  ])('%s', (_, shift, message) => {
    expect(attempt({ shift })).toThrow(at(`shift${message}`));
  });

  test('where its alarms need longer than its bake', () => {
    const shift = { type: 'shadow', seconds: 360 };

    expect(attempt({ shift, alarms: { periods: 5 } })).toThrow(
      at('shift.seconds is 360; the alarms look once a minute and need 5 full ones: give at least 420'),
    );
  });

  test.each(['linear', 'rolling', 'canary'])(
    'where one instance would have to be shifted in parts: %s',
    (type) => {
      expect(attempt({ shift: { type }, instances: { count: 1 } })).toThrow(at('instances.count is 1; a'));
    },
  );

  test('where it and its owner name more alarms than an update takes', () => {
    const named = Array.from({ length: 9 }, (_, index) => `alarm-${index}`);

    expect(attempt({ alarms: { named } })).toThrow(
      at('alarms makes 2 alarms and names 9; an update takes 10 (SageMaker API, AutoRollbackConfig)'),
    );
    expect(attempt({ alarms: { named: named.slice(1) } })).not.toThrow();
    expect(attempt({ alarms: { named: ['twice', 'twice'] } })).toThrow(at('alarms.named'));
  });
});

test('a watch lasts long enough for its alarms, or not at all', () => {
  expect(attempt({ watch: { seconds: 60 } })).toThrow(
    at('watch.seconds is 60; give at least 240, or 0 for none'),
  );
  expect(attempt({ watch: { seconds: 240 } })).not.toThrow();
  expect(attempt({ watch: { seconds: 0 } })).not.toThrow();
});

test('weights that follow a shadow cannot have instances of their own', () => {
  const shift = { type: 'shadow', ...following({ type: 'weights', instances: 2 }) };

  expect(attempt({ shift })).toThrow(at('shift.then.instances means nothing here; the shadow'));
});

describe('a shift is not refused', () => {
  test.each([
    { type: 'canary', instances: 2 },
    { type: 'linear', stepPercent: 50, intervalSeconds: 3600 },
    { type: 'rolling', batchPercent: 25, rollbackBatchPercent: 5 },
    { type: 'all-at-once', bakeSeconds: 3480 },
    { type: 'weights', steps: [1, 2, 100], intervalSeconds: 86_400 },
    { type: 'shadow', seconds: 604_800, ...following({ type: 'weights' }) },
  ])('%j', (shift) => {
    expect(attempt({ shift })).not.toThrow();
  });
});
