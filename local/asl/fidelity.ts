import type { Fidelity } from '../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'Step Functions: the language',
  behaviours: [
    {
      behaviour:
        'Types, order, ids and previous ids of history events for all state types, retries, catches and aborts',
      source: 'recorded',
      standing: 'as AWS',
    },
    {
      behaviour: 'Query errors: texts, `EvaluationFailed`, locations',
      source: 'recorded',
      standing: 'as AWS',
    },
    {
      behaviour: 'Error names and causes of service integrations',
      source: 'guide: Handling errors; recorded',
      standing: 'as AWS',
    },
    {
      behaviour:
        '`.sync` of SageMaker jobs gives the Describe output with epoch milliseconds and a tag map; a failed job is `States.TaskFailed` with JSON text as cause',
      source: 'recorded for tuning and Batch jobs; guide: Run a job',
      standing: 'as AWS',
    },
    {
      behaviour:
        'A job that was stopped counts as success of its `.sync` task; our machines check the status',
      source: 'none',
      standing: 'unconfirmed',
      case: 'stepfunctions/sync-of-a-stopped-job',
    },
    {
      behaviour: 'A `.sync` task that times out leaves its job running; `train` stops it',
      source: 'guide tells only of stopped executions',
      standing: 'unconfirmed',
      case: 'stepfunctions/sync-time-out-leaves-the-job',
    },
    {
      behaviour: '`Arguments` are evaluated anew on each attempt, so `RetryCount` in a name counts',
      source: 'implied by new task tokens',
      standing: 'unconfirmed',
      case: 'stepfunctions/arguments-of-a-retry',
    },
    {
      behaviour:
        'Regular expressions are those of the reference JSONata engine, with its miscount of brackets after a backslash',
      source: 'the `jsonata` package 2.0.6',
      standing: 'unconfirmed',
      case: 'stepfunctions/regular-expressions',
    },
    {
      behaviour:
        'Distributed Map: events, ARNs, items from state and S3 (lists, CSV, JSON, JSON Lines, inventories), batches, tolerated failures, result files and manifest, error names and causes',
      source: 'recorded; guide: Map state in Distributed mode',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Items of an object are its members’ values; the result of a Map with tolerated failures holds successes only; expressions that give wrong tolerances fail as the recorded paths do',
      source: 'guide: Map state; recorded for paths',
      standing: 'unconfirmed',
      case: 'stepfunctions/distributed-map',
    },
    {
      behaviour: 'A distributed Map whose role may not start executions fails with `States.Permissions`',
      source: 'guide: IAM policies for using Distributed Map states',
      standing: 'unconfirmed',
      case: 'stepfunctions/distributed-map-without-permission',
    },
    {
      behaviour:
        'Labels that are not given and names of map runs and children come from the world’s seed; causes for broken JSON and foreign manifests',
      source: 'no source',
      standing: 'ours',
    },
    {
      behaviour:
        'Parquet files fail with `States.ItemReaderFailed`; ORC and Parquet inventories; result files of a Map that is stopped; more than one file for each fate',
      source: 'guide: ItemReader, ResultWriter',
      standing: 'not modelled',
    },
    {
      behaviour: 'A missed heartbeat shows as `States.Timeout`; Retry and Catch accept both names',
      source: 'recorded, against the guide',
      standing: 'as AWS',
    },
    {
      behaviour:
        '262,144 bytes per state, 25,000 events, a year per execution, five minutes for Express, names, 1 MiB definitions',
      source: 'guide: Quotas',
      standing: 'as AWS',
    },
    {
      behaviour:
        '`States.ALL` takes `States.DataLimitExceeded` when a task’s own result is too large, and not when a state’s input or output is',
      source: 'recorded for task results, against the guide; guide: Handling errors',
      standing: 'as AWS',
    },
    {
      behaviour: '`States.Runtime` ends an execution even where a Retry or Catch names it',
      source: 'recorded',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Optimized integrations hand on the headers of the response (`SdkHttpMetadata`), members by the alphabet; lengths of SNS’s XML are those recorded',
      source: 'recorded for Lambda, DynamoDB, SQS, SNS and Step Functions; for SageMaker by their rule',
      standing: 'as AWS',
    },
    {
      behaviour:
        'A text as `Payload` of `lambda:invoke` is sent as the JSON text it then has to be; bytes in other requests may be any JSON',
      source: 'recorded',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Arguments that only an expression gives are checked for unknown and missing names before anything is scheduled: `States.Runtime`',
      source: 'recorded of API Gateway’s `Parameters`; reported: aws/aws-cdk#17452',
      standing: 'as AWS',
    },
    {
      behaviour: 'The word `Arguments` in that error’s text, where AWS was recorded saying `Parameters`',
      source: 'no source',
      standing: 'ours',
    },
    {
      behaviour:
        '`Credentials` of the same account: the machine’s role has to be allowed `sts:AssumeRole` and be trusted; a refusal is `States.TaskFailed`',
      source: 'recorded; guide: Access cross-account resources',
      standing: 'as AWS',
    },
    {
      behaviour: '`$range` gives a sequence: one number alone stands for itself, none for nothing',
      source: 'recorded for one number; the engine’s rule for none',
      standing: 'as AWS',
    },
    {
      behaviour:
        'A Wait until a `Timestamp` of 24,855 days is waited for, one of 24,856 is “too long”; `Seconds` may be up to 99,999,999',
      source: 'recorded; guide: Wait state',
      standing: 'as AWS',
    },
    {
      behaviour:
        'A Standard execution above its machine’s `TimeoutSeconds` is `TIMED_OUT` without an error; an Express one says `States.Timeout`',
      source: 'recorded for Standard; nothing for Express',
      standing: 'as AWS',
    },
    {
      behaviour:
        'AWS SDK errors end in `(SDK Attempt Count: 1)`, as since 2025; recordings of before have no such words',
      source: 'recorded in November 2025',
      standing: 'as AWS',
    },
    {
      behaviour: 'Texts for values of `TimeoutSeconds`, `HeartbeatSeconds`, `Seconds` that are no count',
      source: 'no source',
      standing: 'ours',
    },
    {
      behaviour: 'Texts for variables above their size limits',
      source: 'limits from guide: Quotas; no source for the words',
      standing: 'ours',
    },
    {
      behaviour:
        'Seeded `$random` gives other numbers than AWS; the time limit of an expression is counted in steps',
      source: 'a laptop’s speed must not decide',
      standing: 'ours',
    },
    {
      behaviour:
        'JSONPath states, but for those in a mixed machine that use nothing of JSONPath (a Pass, Succeed, Fail or Wait with constants)',
      source: 'guide: Processing input and output; mixed machines recorded',
      standing: 'not modelled',
    },
    {
      behaviour: 'Activities, `Credentials` of another account, tasks that call HTTP endpoints',
      source: 'guide: Task state',
      standing: 'not modelled',
    },
    {
      behaviour: 'A function at any depth of a result is “an unsupported result type”',
      source: 'recorded for a function alone',
      standing: 'ours',
    },
    {
      behaviour: 'A `Timestamp` has to exist in the calendar, its hours go from 0 to 23',
      source: 'Java’s ISO_OFFSET_DATE_TIME, with which AWS seems to read it',
      standing: 'ours',
    },
    {
      behaviour: 'Members whose names look like whole numbers stand first in an object',
      source: 'JavaScript’s order; AWS seems to keep the order in which they came',
      standing: 'ours',
    },
    {
      behaviour: 'The context object of an execution that `StartSyncExecution` began has no `RedriveCount`',
      source: 'recorded',
      standing: 'as AWS',
    },
    {
      behaviour: '`aws-sdk:s3:putObject` stores a text as JSON, in its quotes',
      source: 'recorded in November 2025',
      standing: 'as AWS',
    },
    {
      behaviour: '`sqs:sendMessage` to a URL of another host fails with `SQS.SdkClientException`',
      source: 'recorded',
      standing: 'as AWS',
    },
    {
      behaviour:
        '`$formatNumber` with a picture without a digit is D3086; too deep a nesting, more memory than there is, and what fails within the engine, in AWS’s words, without the id behind the last',
      source: 'measured: floci-io/floci#2736, #2737',
      standing: 'as AWS',
    },
    {
      behaviour: '`$parse` of a text that is no JSON: its words, with Jackson’s behind them',
      source: 'no source',
      standing: 'ours',
    },
    {
      behaviour: 'A `TimeoutSeconds` of 0 of a whole machine is accepted',
      source: 'measured by badmintoncryer/cdk-preflight',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Another `Version` than 1.0, a number as `Error`, and a heartbeat as long as the time-out are accepted',
      source: 'the language’s specification says otherwise',
      standing: 'unconfirmed',
      case: 'stepfunctions/definition-faults',
    },
  ],
};
