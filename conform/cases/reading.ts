import type { ReadCase } from '../case.ts';

/** Open questions beside the stack that no call of its services answers. */
export const readings: readonly ReadCase[] = [
  {
    kind: 'read',
    id: 'events/codecommit-for-new-customers',
    title: 'CodeCommit takes new customers',
    service: 'events',
    asks: 'whether new customers can still send CodeCommit’s push events',
    assumed: 'nothing: the stack does not depend on it',
    reason: 'an old account is served and tells nothing of new ones',
    where: 'https://docs.aws.amazon.com/codecommit/latest/userguide/welcome.html',
  },
  {
    kind: 'read',
    id: 'sagemaker/edge-manager-retired',
    title: 'SageMaker Edge Manager ended in April 2024',
    service: 'sagemaker',
    asks: 'the date on which SageMaker Edge Manager ended',
    assumed: 'nothing: the stack does not use it',
    reason: 'no call tells a date of the past',
    where: 'https://docs.aws.amazon.com/sagemaker/latest/dg/edge.html',
  },
  {
    kind: 'read',
    id: 'sagemaker/monitoring-exit-message',
    title: 'What a monitoring job with violations says as it ends',
    service: 'sagemaker',
    asks: 'the `ExitMessage` of a monitoring job that found violations',
    assumed: 'nothing: constraint_violations.json is read instead',
    reason:
      'the analyzer is AWS’s own container, which only an account with captured traffic runs; the stack has no monitor',
    where: 'https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-interpreting-violations.html',
  },
  {
    kind: 'read',
    id: 'cloudwatch/monitoring-metrics',
    title: 'Names and dimensions of bias and explainability metrics',
    service: 'cloudwatch',
    asks: 'metric names `bias_metric_<X>` and the dimensions of explainability metrics',
    assumed: 'nothing: the stack has no monitor',
    reason: 'Clarify’s own container writes them, from a monitor with ground truth; the stack has none',
    where: 'https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-bias-drift-cw.html',
  },
];
