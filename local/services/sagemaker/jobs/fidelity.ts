import type { Fidelity } from '../../../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'SageMaker: jobs',
  behaviours: [
    {
      behaviour:
        'Statuses, secondary statuses and their messages; `Interrupted → Starting → Downloading → Training` after a reclaim',
      source: 'model; public job logs',
      standing: 'as AWS',
    },
    {
      behaviour: '90 s before the container and 20 s after it, unless a scenario says otherwise',
      source: 'public job logs vary',
      standing: 'ours',
    },
    {
      behaviour:
        'Training time counts from Downloading to the end over all starts; waits for capacity are not in it',
      source: 'guide: DescribeTrainingJob, and an assumption',
      standing: 'unconfirmed',
      case: 'sagemaker/training-job',
    },
    {
      behaviour: 'Spot bills 30 % of the training time',
      source: 'public logs show 53 to 79 % saved',
      standing: 'ours',
    },
    {
      behaviour: 'Runtime limits count instance time over all starts and end `Stopped`',
      source: 'model; details are not told',
      standing: 'unconfirmed',
      case: 'sagemaker/runtime-limit',
    },
    {
      behaviour:
        'A wait limit counts everything and ends `Stopped`; only a lack of Spot capacity shows it, which nobody can order',
      source: 'model',
      standing: 'as AWS',
    },
    {
      behaviour: 'Refusals: name taken, Spot wait shorter than runtime, empty training channel',
      source: 'recorded; reported',
      standing: 'as AWS',
    },
    {
      behaviour: 'A wait limit without Spot is refused',
      source: 'none',
      standing: 'unconfirmed',
      case: 'sagemaker/wait-without-spot',
    },
    {
      behaviour:
        'Processing: exit message, `AlgorithmError: See job logs…`; missing input is a `ClientError` at run time',
      source: 'reported',
      standing: 'as AWS',
    },
    {
      behaviour:
        'A `ManifestFile` input: the container finds each object under its name in the list; prefix and name make the URI',
      source: 'model: S3DataSource.S3Uri',
      standing: 'as AWS',
    },
    {
      behaviour:
        'A `ManifestFile` that names an object which is not there, or is no list, is a `ClientError` at run time',
      source: 'by analogy with a prefix that matches nothing; the words are not known',
      standing: 'ours',
    },
    {
      behaviour:
        'A container that fails without a word: its last lines of output become the reason, where AWS gives none',
      source: 'more use on a laptop',
      standing: 'ours',
    },
    {
      behaviour:
        'A scenario can end a job with a reason of SageMaker’s own: `InternalServerError` while it runs, `CapacityError` before it has instances, so that nothing is billed',
      source: 'model: FailureReason',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Events at each secondary status: epoch milliseconds, tags as a map, enum values of processing jobs in capitals',
      source: 'guide: Automating with EventBridge',
      standing: 'as AWS',
    },
    {
      behaviour: '`ListTrainingJobs` cuts a page first and searches it for the status afterwards',
      source: 'model: ListTrainingJobs',
      standing: 'as AWS',
    },
    {
      behaviour:
        'More than 28 days, and checkpoints below SageMaker’s own directories, are refused; the words are ours',
      source: 'guide: Quotas, Use checkpoints',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Pipe mode, warm pools, instance groups, serverless jobs, file systems, algorithms by name: refused',
      source: 'guide: CreateTrainingJob',
      standing: 'not modelled',
    },
    {
      behaviour:
        'One host runs whatever the instance count, FastFile is File, `RetryStrategy` retries nothing, quotas are endless: accepted in silence',
      source: 'guide: CreateTrainingJob',
      standing: 'not modelled',
    },
    {
      behaviour: 'Transform, tuning and recommender jobs, monitoring schedules, feature groups',
      source: 'guide: SageMaker',
      standing: 'not modelled',
    },
    {
      behaviour: 'A processing job that names no time limit has none that Describe tells',
      source: 'none',
      standing: 'unconfirmed',
      case: 'sagemaker/processing-job',
    },
  ],
};
