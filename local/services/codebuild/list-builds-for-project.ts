import type { CodeBuild } from './codebuild.ts';

interface ListBuildsForProjectInput {
  readonly projectName: string;
  /** Newest first, if left out. */
  readonly sortOrder?: 'ASCENDING' | 'DESCENDING';
}

/** Ids. @throws AwsError ResourceNotFoundException */
export function listBuildsForProject(
  codebuild: CodeBuild,
  { projectName, sortOrder }: ListBuildsForProjectInput,
): { ids: string[] } {
  const project = codebuild.project(projectName);
  const ids = [...codebuild.builds.values()].filter((build) => build.project === project).map(({ id }) => id);
  return { ids: sortOrder === 'ASCENDING' ? ids : ids.reverse() };
}
