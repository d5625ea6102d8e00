import type { Fidelity } from '../../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'Lambda',
  behaviours: [
    {
      behaviour:
        'Functions run from the packaged bundles: on virtual time in a realm of their own in the world’s thread, beside a paced world in worker threads; `Date` shows the world’s clock; time-outs count in real time, at least 30 seconds',
      source: 'a laptop’s speed must not decide',
      standing: 'ours',
    },
    {
      behaviour:
        'A function is frozen between invocations on virtual time: timers that come due then fire in the next one',
      source: 'guide: Understanding the Lambda execution environment lifecycle',
      standing: 'as AWS',
    },
    {
      behaviour:
        'A function without an end is cut off with Lambda’s time-out; on virtual time one that came back twenty times before ends the process, with its name',
      source: 'a watch over each run costs more than the run',
      standing: 'ours',
    },
    {
      behaviour:
        'Functions in several files, with packages beside them, or with processes or threads of their own run in worker threads on virtual time too',
      source: 'Node has no other place for them',
      standing: 'ours',
    },
    {
      behaviour: 'A queue’s poller hands over one batch at a time, where AWS hands over up to five',
      source: 'guide: Using Lambda with SQS',
      standing: 'ours',
    },
    {
      behaviour:
        'A call for a function that is not there names it with its version or alias, `$LATEST` without one',
      source: 'recorded in November 2025',
      standing: 'as AWS',
    },
    {
      behaviour: 'Environment variables of Lambda’s own are refused when the stack is made',
      source: 'reported: aws/aws-cdk#28048; guide: Defined runtime environment variables',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Functions made by a call: zip files, given or in S3, of any Node runtime, which all run on this one; active at once',
      source: 'a laptop has one Node',
      standing: 'ours',
    },
    {
      behaviour: 'Other runtimes, layers, images, versions and aliases, updates of code and configuration',
      source: 'API reference: CreateFunction',
      standing: 'not modelled',
    },
  ],
};
