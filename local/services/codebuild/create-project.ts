import { AwsError } from '../../aws-error.ts';
import type { CodeBuild } from './codebuild.ts';
import { invalidInput, type ProjectInput, projectDescription } from './project.ts';

/** @throws AwsError InvalidInputException, ResourceAlreadyExistsException */
export function createProject(codebuild: CodeBuild, input: ProjectInput) {
  if (codebuild.projects.has(input.name)) {
    const { region, accountId } = codebuild.world;
    throw new AwsError(
      'ResourceAlreadyExistsException',
      `Project already exists: arn:aws:codebuild:${region}:${accountId}:project/${input.name}`,
    );
  }
  if (!codebuild.world.iam.trusts(input.serviceRole, 'codebuild.amazonaws.com')) {
    throw invalidInput('CodeBuild is not authorized to perform: sts:AssumeRole on service role.');
  }
  return { project: projectDescription(codebuild.addProject(input)) };
}
