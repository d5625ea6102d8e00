import type { Fidelity } from '../../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'EventBridge Scheduler',
  behaviours: [
    {
      behaviour:
        '`rate`, `cron` with `L`, `W` and `#`, `at`; time zones; what falls into a lost hour is left out, what comes twice is due once',
      source: 'guide: Schedule types',
      standing: 'as AWS',
    },
    {
      behaviour: 'A rate without a start date begins at once; a day is 24 hours',
      source: 'guide: Schedule types',
      standing: 'as AWS',
    },
    {
      behaviour: '`Invalid Schedule Expression …`, and the words about the role',
      source: 'recorded; reported',
      standing: 'as AWS',
    },
    {
      behaviour: 'The words for a wrong zone, window, end, group or input',
      source: 'none',
      standing: 'ours',
    },
    {
      behaviour: 'Calls on the second; AWS says within the minute. In a window, any moment of it',
      source: 'guide: Schedule types',
      standing: 'ours',
    },
    {
      behaviour:
        'Context attributes, retry policy, dead letters with their attributes, all in the schedule’s role',
      source: 'guide: Context attributes; Dead-letter queue',
      standing: 'as AWS',
    },
    {
      behaviour: 'Ranges that go round (`FRI-MON`) and `LW` are refused',
      source: 'guide tells neither',
      standing: 'ours',
    },
    {
      behaviour:
        'Universal targets, targets other than queues, topics, functions, buses and machines, keys of one’s own',
      source: 'guide: Managing targets',
      standing: 'not modelled',
    },
  ],
};
