import { page } from '../scheduler/page.ts';
import type { CodeBuild } from './codebuild.ts';

interface ListProjectsInput {
  readonly sortOrder?: 'ASCENDING' | 'DESCENDING';
  readonly nextToken?: string;
}

/** Names, a hundred on a page. */
export function listProjects(codebuild: CodeBuild, { sortOrder, nextToken }: ListProjectsInput) {
  const all = [...codebuild.projects.keys()];
  const { items, NextToken } = page(all, (name) => name, { NextToken: nextToken });
  return {
    projects: sortOrder === 'DESCENDING' ? [...items].reverse() : items,
    ...(NextToken !== undefined && { nextToken: NextToken }),
  };
}
