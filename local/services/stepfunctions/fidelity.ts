import type { Fidelity } from '../../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'Step Functions: the API',
  behaviours: [
    {
      behaviour: 'A role without the managed rules of `.sync` is refused when the machine is made',
      source: 'reported: nasa/cumulus#2693',
      standing: 'as AWS',
    },
    {
      behaviour:
        'The same name and input while an execution runs gives the same ARN; a name that was used otherwise is `ExecutionAlreadyExists`',
      source: 'guide: StartExecution',
      standing: 'as AWS',
    },
    {
      behaviour: 'A callback that was answered, or whose task timed out, is `TaskTimedOut`',
      source: 'guide: SendTaskSuccess',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Revisions, versions and aliases: numbers, repeats, conflicts, routes by weight, and what executions tell of them',
      source: 'recorded; model',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Repeated CreateStateMachine, logging, tracing and encryption as described, `variableReferences`, tags, paging, and the texts of refused ARNs, names, routes and tokens',
      source: 'recorded',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Which of its versions an alias gives comes from the world’s seed; texts of quotas, of a machine that is being deleted and of ListExecutions’ exclusive members',
      source: 'no source',
      standing: 'ours',
    },
    {
      behaviour:
        'A machine with running executions is `DELETING` and ends each at its next transition; then it is gone with its versions and aliases',
      source: 'model: DeleteStateMachine',
      standing: 'as AWS',
    },
    {
      behaviour:
        'RedriveExecution goes on in the failed state with its input and variables; retries and time-outs begin anew; only failed branches, iterations and children are taken up; a Fail state is entered again',
      source: 'guide: Redriving executions',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Refusals of a redrive have DescribeExecution’s reasons as their text; ten client tokens are remembered for 15 minutes',
      source: 'model: RedriveExecution, DescribeExecution',
      standing: 'unconfirmed',
      case: 'stepfunctions/redrive',
    },
    {
      behaviour:
        'After `ExecutionRedriven`, states and iterations that were entered before are not entered again, and go on from that event',
      source: 'guide tells only of the Fail state',
      standing: 'unconfirmed',
      case: 'stepfunctions/redrive-of-parts',
    },
    {
      behaviour:
        'A redriven `.sync` or `.sync:2` task redrives its child, or starts another where the child cannot be redriven',
      source: 'guide: Redriving executions',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Map runs: DescribeMapRun, ListMapRuns, UpdateMapRun while they run, children listed by map run; children are redriven only through their map run',
      source: 'recorded; model',
      standing: 'as AWS',
    },
    {
      behaviour: 'Status events of a map run’s children',
      source: 'no source',
      standing: 'not modelled',
    },
    {
      behaviour: 'Express executions end after five minutes; they have no history and send no events',
      source: 'guide: Standard and Express',
      standing: 'as AWS',
    },
    {
      behaviour: 'Logs of Express executions are not written',
      source: 'guide: Logging',
      standing: 'not modelled',
    },
    {
      behaviour: 'A log destination has to be a log group’s ARN with `:*` at its end',
      source: 'reported: hashicorp/terraform-provider-aws#17683; measured by badmintoncryer/cdk-preflight',
      standing: 'as AWS',
    },
  ],
};
