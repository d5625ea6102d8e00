import type { Fidelity } from '../../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'EventBridge',
  behaviours: [
    {
      behaviour:
        'Event patterns with all operators and AWS’s words for wrong ones; 155 of 155 published verdicts of AWS are the same',
      source: 'recorded',
      standing: 'as AWS',
    },
    {
      behaviour: '`anything-but` and a field that is absent',
      source: 'guide: Comparison operators, silent',
      standing: 'unconfirmed',
      case: 'events/anything-but-an-absent-field',
    },
    {
      behaviour: '`key` in S3’s events is the object’s key as it is, not URL-encoded',
      source: 'reported',
      standing: 'unconfirmed',
      case: 's3/key-in-events',
    },
    {
      behaviour:
        'An execution that a rule started is named by EventBridge; the form of the name is not to be read',
      source: 'none',
      standing: 'unconfirmed',
      case: 'events/name-of-a-started-execution',
    },
    {
      behaviour: 'At least once: 185 attempts in 24 hours, dead-letter queues with their attributes',
      source: 'guide: Retry policy',
      standing: 'as AWS',
    },
    {
      behaviour: 'Half a second to the target; the curve of the back-off',
      source: 'guide tells neither',
      standing: 'ours',
    },
    {
      behaviour:
        'Archives, replays, partners’ buses, API destinations and other targets than queues, topics, functions and machines: refused',
      source: 'guide: EventBridge',
      standing: 'not modelled',
    },
    {
      behaviour:
        'Buses of one’s own; what is put on a bus that is not there vanishes; another account’s rights on a bus are kept, nobody uses them',
      source: 'guide: Event buses; reported',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Scheduled rules: `rate` and `cron` in UTC, on the default bus alone, heard by no other rule',
      source: 'guide: Scheduled rules; recorded words',
      standing: 'as AWS',
    },
    {
      behaviour: 'A rate’s first event comes one period after the rule was put; it comes on the second',
      source: 'guide: Scheduled rules, silent',
      standing: 'ours',
    },
    {
      behaviour: '`Input`, `InputPath`, input templates with their quoting and predefined variables',
      source: 'recorded',
      standing: 'as AWS',
    },
    {
      behaviour: 'Patterns over 2,048 characters are refused; the words are ours',
      source: 'guide: Quotas',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Any number is compared as a double, as AWS’s published engine does; the guide tells ±5.0e9 and 6 decimals',
      source: 'aws/event-ruler',
      standing: 'ours',
    },
    {
      behaviour: 'A wildcard is too complex when its worst value keeps more than 10 places open',
      source: 'recorded: 4 pass, 12 are refused',
      standing: 'ours',
    },
    {
      behaviour: '`PutEvents` takes 256 KB; the guide has said 1 MB since',
      source: 'model',
      standing: 'ours',
    },
  ],
};
