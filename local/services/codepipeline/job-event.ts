import type { World } from '../../world.ts';
import { accessKeyOf } from '../lambda/access-key.ts';
import type { Artifact, Job } from './job.ts';

/**
 * What the function receives. It carries credentials for the artifacts, so
 * nobody should log it whole.
 *
 * Source: CodePipeline user guide, "Invoke a Lambda function in a pipeline".
 */
export function jobEvent(world: World, job: Job): Record<string, unknown> {
  return { 'CodePipeline.job': { id: job.id, accountId: world.accountId, data: jobData(world, job) } };
}

export function jobData(world: World, { action, continuationToken }: Job): Record<string, unknown> {
  const { functionName, userParameters, inputArtifacts = [], outputArtifacts = [], roleArn } = action;
  return {
    actionConfiguration: {
      configuration: {
        FunctionName: functionName,
        ...(userParameters === undefined ? {} : { UserParameters: userParameters }),
      },
    },
    inputArtifacts: inputArtifacts.map(artifact),
    outputArtifacts: outputArtifacts.map(artifact),
    artifactCredentials: {
      accessKeyId: accessKeyOf(roleArn ?? world.person.arn),
      secretAccessKey: 'local',
      sessionToken: 'local',
    },
    ...(continuationToken === undefined ? {} : { continuationToken }),
  };
}

const artifact = ({ name, bucketName, objectKey }: Artifact): Record<string, unknown> => ({
  name,
  revision: null,
  location: { type: 'S3', s3Location: { bucketName, objectKey } },
});
