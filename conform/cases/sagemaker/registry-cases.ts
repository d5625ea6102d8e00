import {
  CreateModelPackageCommand,
  CreateModelPackageGroupCommand,
  DeleteModelPackageCommand,
  DeleteModelPackageGroupCommand,
  DescribeModelPackageCommand,
  ListModelPackagesCommand,
  SageMakerClient,
  UpdateModelPackageCommand,
} from '@aws-sdk/client-sagemaker';
import type { Aws } from '../../aws.ts';
import type { CallCase } from '../../case.ts';
import { makeTrainingBucket, withJobs } from './jobs.ts';

/** Makes a group and a function that adds a version to it. */
const makeGroup = async (aws: Aws, suffix: string) => {
  const sagemaker = aws.client(SageMakerClient);
  const ModelPackageGroupName = aws.name(suffix);
  const bucket = await makeTrainingBucket(aws);
  const createGroup = () =>
    sagemaker.send(new CreateModelPackageGroupCommand({ ModelPackageGroupName, Tags: aws.tags }));
  await createGroup();
  aws.later(`model package group ${ModelPackageGroupName}`, () =>
    sagemaker.send(new DeleteModelPackageGroupCommand({ ModelPackageGroupName })),
  );
  const added = new Set<string>();
  const add = async (more: object = {}): Promise<string> => {
    const { ModelPackageArn } = await sagemaker.send(
      new CreateModelPackageCommand({
        ModelPackageGroupName,
        InferenceSpecification: {
          Containers: [{ Image: aws.image(), ModelDataUrl: `s3://${bucket}/train/rows.csv` }],
          SupportedContentTypes: ['text/csv'],
          SupportedResponseMIMETypes: ['text/csv'],
        },
        ...more,
      }),
    );
    if (!added.has(ModelPackageArn!)) {
      aws.later(`model package ${ModelPackageArn}`, () =>
        sagemaker.send(new DeleteModelPackageCommand({ ModelPackageName: ModelPackageArn })),
      );
    }
    added.add(ModelPackageArn!);
    return ModelPackageArn!;
  };
  return { ModelPackageGroupName, createGroup, add };
};

const cost = { usd: 0.001, minutes: 1 };

export const registryCases: readonly CallCase[] = [
  {
    id: 'sagemaker/package-arn-keeps-case',
    title: 'The ARN of a package of a group with capitals',
    service: 'sagemaker',
    asks: 'whether the group’s name is lower-cased in the package’s ARN',
    assumed: 'it keeps its case',
    cost,
    needs: withJobs,
    async run(aws) {
      const { add } = await makeGroup(aws, 'Group');
      return { arn: await add({ ModelApprovalStatus: 'Approved' }) };
    },
  },
  {
    id: 'sagemaker/package-approval-by-default',
    title: 'A package that is registered without an approval status',
    service: 'sagemaker',
    asks: 'the approval status of a versioned package that was given none',
    assumed: '`PendingManualApproval`',
    cost,
    needs: withJobs,
    async run(aws) {
      const { add } = await makeGroup(aws, 'group');
      const ModelPackageName = await add();
      const seen = await aws
        .client(SageMakerClient)
        .send(new DescribeModelPackageCommand({ ModelPackageName }));
      return { approval: seen.ModelApprovalStatus ?? null, status: seen.ModelPackageStatus! };
    },
  },
  {
    id: 'sagemaker/registry',
    title: 'Versions of a model are registered, approved and found',
    service: 'sagemaker',
    asks: 'client tokens, the latest approved version, and refusals of groups and packages',
    assumed: 'the same token gives the same version; a second group of the name is refused',
    cost,
    needs: withJobs,
    async run(aws) {
      const sagemaker = aws.client(SageMakerClient);
      const { ModelPackageGroupName, createGroup, add } = await makeGroup(aws, 'group');
      const ModelApprovalStatus = 'PendingManualApproval';
      const one = await add({ ModelApprovalStatus, ClientToken: 'token-1' });
      const same = await sagemaker
        .send(
          new DescribeModelPackageCommand({
            ModelPackageName: await add({ ModelApprovalStatus, ClientToken: 'token-1' }),
          }),
        )
        .then(({ ModelPackageArn }) => ModelPackageArn === one);
      const two = await add({ ModelApprovalStatus });
      await sagemaker.send(
        new UpdateModelPackageCommand({ ModelPackageArn: two, ModelApprovalStatus: 'Approved' }),
      );
      const approved = await sagemaker.send(
        new ListModelPackagesCommand({ ModelPackageGroupName, ModelApprovalStatus: 'Approved' }),
      );
      return {
        same,
        approved: approved.ModelPackageSummaryList!.map((each) => each.ModelPackageVersion!),
        secondGroup: await aws.refusal(createGroup()),
        unknownPackage: await aws.refusal(
          sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName: two.replace(/\d+$/, '99') })),
        ),
      };
    },
  },
];
