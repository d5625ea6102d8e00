import type { CodeBuild } from './codebuild.ts';
import { projectDescription } from './project.ts';

/** Names that are not there are told beside the projects. */
export const batchGetProjects = (codebuild: CodeBuild, { names }: { readonly names: readonly string[] }) => ({
  projects: names.flatMap((name) => {
    const project = codebuild.projects.get(name);
    return project === undefined ? [] : [projectDescription(project)];
  }),
  projectsNotFound: names.filter((name) => !codebuild.projects.has(name)),
});
