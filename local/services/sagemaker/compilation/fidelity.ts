import type { Fidelity } from '../../../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'SageMaker: compilation (Neo)',
  behaviours: [
    {
      behaviour:
        'Compilation jobs walk `STARTING → INPROGRESS → COMPLETED`, or to `FAILED`, or over `STOPPING` to `STOPPED`, and send no event',
      source: 'model: DescribeCompilationJob; guide: Automating with EventBridge',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Refusals: a name that is taken (`ResourceInUse`), no or two targets, no or two models; the words are ours',
      source: 'model: CreateCompilationJob',
      standing: 'as AWS',
    },
    {
      behaviour:
        'A missing shape of the input (for all but XGBoost, scikit-learn and TensorFlow), and shapes or options that are no JSON, are refused at once',
      source: 'guide tells the rule, not when it is checked',
      standing: 'ours',
    },
    {
      behaviour: 'A compilation that outlasts `MaxRuntimeInSeconds` ends `FAILED` and says `TimeOut`',
      source: 'guide: Neo troubleshooting tells of a time-out error only',
      standing: 'unconfirmed',
      case: 'sagemaker/neo-time-limit',
    },
    {
      behaviour:
        'The job’s role reads the model and writes the archive; what it may not do fails the job in the words of training jobs',
      source: 'guide: SageMaker roles; the words follow other jobs',
      standing: 'ours',
    },
    {
      behaviour:
        '`InferenceImage` by framework, version, kind of instance and region, in AWS’s own account; none for devices and platforms',
      source: 'guide: Neo inference container images; AWS’s SageMaker Python SDK',
      standing: 'as AWS',
    },
    {
      behaviour: 'The archive is named after the model’s archive and the target: `model-ml_c5.tar.gz`',
      source: 'reported',
      standing: 'as AWS',
    },
    {
      behaviour: 'Neo converts a model that XGBoost wrote as JSON',
      source: 'none',
      standing: 'unconfirmed',
      case: 'sagemaker/neo-takes-xgboost-json',
    },
    {
      behaviour:
        'Neo’s compiler is not here: with real processes the command `compile` of the image that trained the model stands in for it, under a contract of our own (local/README.md)',
      source: 'a laptop has no Neo',
      standing: 'ours',
    },
    {
      behaviour: 'A simulated compilation takes four minutes and succeeds, unless a scenario says otherwise',
      source: 'public reports vary',
      standing: 'ours',
    },
    {
      behaviour: 'Which framework compiles for which target is not checked: every pair is compiled',
      source: 'guide: Neo supported frameworks',
      standing: 'not modelled',
    },
    {
      behaviour: 'Compilation of a model package (`ModelPackageVersionArn`), and of a model pipeline',
      source: 'model: CreateCompilationJob',
      standing: 'not modelled',
    },
  ],
};
