import type { Fidelity } from '../../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'CodePipeline',
  behaviours: [
    {
      behaviour:
        'A job is answered once; an answered job is `InvalidJobStateException`, an unknown one `JobNotFoundException`; the words are ours',
      source: 'model; guide: Invoke a Lambda function',
      standing: 'as AWS',
    },
    {
      behaviour: 'A job with a continuation token comes back after 30 s',
      source: 'guide says about; the interval is not told',
      standing: 'unconfirmed',
      case: 'codepipeline/continuation-interval',
    },
    {
      behaviour: 'Stopping a pipeline leaves the execution that its action started running',
      source: 'none',
      standing: 'unconfirmed',
      case: 'codepipeline/stopping-leaves-the-execution',
    },
    {
      behaviour:
        'The Step Functions action: names, literal and file input, output artifact and variables, in the pipeline’s role; fails as the execution does, or after seven days',
      source: 'guide: Step Functions invoke action reference; Quotas',
      standing: 'as AWS',
    },
    {
      behaviour: 'It looks every 30 s; the output artifact is the JSON as it is; the words of a failure',
      source: 'guide tells none of them',
      standing: 'ours',
    },
    {
      behaviour: 'The Step Functions action takes the ARN of a version or an alias',
      source: 'guide shows a plain ARN only',
      standing: 'unconfirmed',
      case: 'codepipeline/machine-by-version',
    },
    {
      behaviour:
        'Pipelines are declared and held to their structure, in words of ours; nothing carries one out: an action is what a test or a scenario starts',
      source: 'guide: Pipelines',
      standing: 'not modelled',
    },
    {
      behaviour: 'The event that a Lambda action sends, with continuation token and artifact credentials',
      source: 'guide: Invoke a Lambda function',
      standing: 'as AWS',
    },
    {
      behaviour: 'Output variables are refused beside a continuation token and beyond 122,880 bytes',
      source: 'model; guide: Variables',
      standing: 'as AWS',
    },
    {
      behaviour:
        'A function that answers nothing for 20 minutes after a call, or goes on for 24 hours, has failed',
      source: 'guide: Quotas',
      standing: 'as AWS',
    },
    {
      behaviour: 'Workers that poll are not there: `InvalidNonceException`, `ActionTypeNotFoundException`',
      source: 'model',
      standing: 'ours',
    },
  ],
};
