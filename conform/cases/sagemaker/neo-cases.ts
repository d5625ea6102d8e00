import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateCompilationJobCommand,
  CreateMonitoringScheduleCommand,
  DeleteMonitoringScheduleCommand,
  DescribeCompilationJobCommand,
  SageMakerClient,
  StopCompilationJobCommand,
} from '@aws-sdk/client-sagemaker';
import { tarGz } from '../../../local/tar.ts';
import type { Aws } from '../../aws.ts';
import type { CallCase, Json } from '../../case.ts';
import { makeRule, ruleArn } from '../events/rules.ts';
import { makeBucket } from '../s3/buckets.ts';
import { makeOpenQueue, nextMessage } from '../sqs/queues.ts';
import { withJobs } from './jobs.ts';

/** The smallest model that XGBoost writes as JSON: one tree of one leaf. */
const xgboostJson = JSON.stringify({
  learner: {
    attributes: {},
    feature_names: [],
    feature_types: [],
    gradient_booster: {
      model: {
        gbtree_model_param: { num_parallel_tree: '1', num_trees: '1', size_leaf_vector: '0' },
        tree_info: [0],
        trees: [
          {
            base_weights: [0],
            categories: [],
            categories_nodes: [],
            categories_segments: [],
            categories_sizes: [],
            default_left: [false],
            id: 0,
            left_children: [-1],
            loss_changes: [0],
            parents: [2_147_483_647],
            right_children: [-1],
            split_conditions: [0],
            split_indices: [0],
            split_type: [0],
            sum_hessian: [1],
            tree_param: { num_deleted: '0', num_feature: '2', num_nodes: '1', size_leaf_vector: '0' },
          },
        ],
      },
      name: 'gbtree',
    },
    learner_model_param: { base_score: '5E-1', num_class: '0', num_feature: '2' },
    objective: { name: 'binary:logistic', reg_loss_param: { scale_pos_weight: '1' } },
  },
  version: [1, 3, 3],
});

const compile = async (aws: Aws, MaxRuntimeInSeconds: number): Promise<Json> => {
  const sagemaker = aws.client(SageMakerClient);
  const Bucket = await makeBucket(aws);
  await aws
    .client(S3Client)
    .send(
      new PutObjectCommand({ Bucket, Key: 'model.tar.gz', Body: tarGz({ 'xgboost.model': xgboostJson }) }),
    );
  const CompilationJobName = aws.name('neo');
  await sagemaker.send(
    new CreateCompilationJobCommand({
      CompilationJobName,
      RoleArn: aws.role('job'),
      InputConfig: { S3Uri: `s3://${Bucket}/model.tar.gz`, DataInputConfig: '{}', Framework: 'XGBOOST' },
      OutputConfig: { S3OutputLocation: `s3://${Bucket}/neo/`, TargetDevice: 'ml_c5' },
      StoppingCondition: { MaxRuntimeInSeconds },
      Tags: aws.tags,
    }),
  );
  const ended = (minutes: number) =>
    aws.until(
      'the compilation ends',
      async () => {
        const job = await sagemaker.send(new DescribeCompilationJobCommand({ CompilationJobName }));
        const moving = ['STARTING', 'INPROGRESS', 'STOPPING'];
        return moving.includes(job.CompilationJobStatus!) ? undefined : job;
      },
      { minutes, everySeconds: 10 },
    );
  aws.later(`compilation job ${CompilationJobName}`, async () => {
    await aws.refusal(sagemaker.send(new StopCompilationJobCommand({ CompilationJobName })));
    await ended(10);
  });
  const job = await ended(20);
  return { status: job.CompilationJobStatus!, failureReason: job.FailureReason ?? null };
};

/** Compilation, and what the stack will need of SageMaker one day: monitoring is not modelled. */
export const neoCases: readonly CallCase[] = [
  {
    id: 'sagemaker/neo-takes-xgboost-json',
    title: 'Neo compiles a model that XGBoost wrote as JSON',
    service: 'sagemaker',
    asks: 'whether Neo’s converter accepts XGBoost’s JSON',
    assumed: 'it does',
    cost: { usd: 0.01, minutes: 12 },
    needs: { roles: withJobs.roles },
    run: (aws) => compile(aws, 900),
  },
  {
    id: 'sagemaker/neo-time-limit',
    title: 'A compilation that runs out of its time',
    service: 'sagemaker',
    asks: 'whether it ends `FAILED` or `STOPPED`',
    assumed: '`FAILED`, and the reason says `TimeOut`',
    cost: { usd: 0.01, minutes: 12 },
    needs: { roles: withJobs.roles },
    run: (aws) => compile(aws, 60),
  },
  {
    id: 'sagemaker/monitoring-schedule-event',
    title: 'The event that a monitoring schedule sends',
    service: 'sagemaker',
    asks: 'the detail of `SageMaker Monitoring Schedule State Change`; the schedule goes before its first run',
    assumed: 'monitoring is not modelled',
    cost: { usd: 0.01, minutes: 12 },
    needs: withJobs,
    async run(aws) {
      const sagemaker = aws.client(SageMakerClient);
      const Bucket = await makeBucket(aws);
      const { url, arn } = await makeOpenQueue(aws, 'events.amazonaws.com', ruleArn(aws));
      await makeRule(
        aws,
        { arn },
        {
          source: ['aws.sagemaker'],
          'detail-type': ['SageMaker Monitoring Schedule State Change'],
        },
      );
      const MonitoringScheduleName = aws.name('schedule');
      const LocalPath = '/opt/ml/processing/data';
      await sagemaker.send(
        new CreateMonitoringScheduleCommand({
          MonitoringScheduleName,
          MonitoringScheduleConfig: {
            ScheduleConfig: { ScheduleExpression: 'cron(0 0 ? * * *)' },
            MonitoringJobDefinition: {
              MonitoringInputs: [
                {
                  BatchTransformInput: {
                    DataCapturedDestinationS3Uri: `s3://${Bucket}/captured`,
                    DatasetFormat: { Csv: { Header: false } },
                    LocalPath,
                  },
                },
              ],
              MonitoringOutputConfig: {
                MonitoringOutputs: [
                  { S3Output: { S3Uri: `s3://${Bucket}/out`, LocalPath: `${LocalPath}-out` } },
                ],
              },
              MonitoringResources: {
                ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.large', VolumeSizeInGB: 5 },
              },
              MonitoringAppSpecification: { ImageUri: aws.image() },
              RoleArn: aws.role('job'),
            },
          },
          Tags: aws.tags,
        }),
      );
      aws.later(`monitoring schedule ${MonitoringScheduleName}`, () =>
        sagemaker.send(new DeleteMonitoringScheduleCommand({ MonitoringScheduleName })),
      );
      const { body } = await nextMessage(aws, url, 10);
      return (JSON.parse(body) as { detail: Json }).detail;
    },
  },
];
