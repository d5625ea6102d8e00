import type { CodeBuild } from './codebuild.ts';

/** Its builds stay. Deleting what is not there is no error. */
export function deleteProject(
  codebuild: CodeBuild,
  { name }: { readonly name: string },
): Record<string, never> {
  codebuild.projects.delete(name);
  return {};
}
