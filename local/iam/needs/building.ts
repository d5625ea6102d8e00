import { allEverywhere, arn, each, type Ids, type NeedsTable, named, one, passRole } from './need.ts';

// Code and what is built of it.

const projectArn = (ids: Ids, name: unknown): string => named('codebuild', ids, 'project/', name);

/** Builds are allowed on their project: `<project>:<uuid>`, alone or at the end of an ARN. */
const projectOfBuild = (ids: Ids, id: unknown): string =>
  projectArn(ids, String(id).split('build/').at(-1)!.split(':')[0]);

export const codeBuildNeeds: NeedsTable = {
  BatchGetBuilds: (input, ids) =>
    [...new Set<string>((input.ids ?? []).map((id: string) => projectOfBuild(ids, id)))].map((resource) => ({
      action: 'codebuild:BatchGetBuilds',
      resource,
    })),
  BatchGetProjects: (input, ids) =>
    (input.names ?? []).map((name: string) => ({
      action: 'codebuild:BatchGetProjects',
      resource: projectArn(ids, name),
    })),
  CreateProject: (input, ids) => [
    ...one('codebuild:CreateProject', projectArn(ids, input.name)),
    ...passRole(named('iam', ids, 'role/', input.serviceRole), 'codebuild.amazonaws.com'),
  ],
  DeleteProject: (input, ids) => one('codebuild:DeleteProject', projectArn(ids, input.name)),
  ...each(
    ['ListBuildsForProject', 'StartBuild'],
    (action) => (input, ids) => one(`codebuild:${action}`, projectArn(ids, input.projectName)),
  ),
  StopBuild: (input, ids) => one('codebuild:StopBuild', projectOfBuild(ids, input.id)),
  ...allEverywhere('codebuild', 'ListProjects'),
};

export const codeCommitNeeds: NeedsTable = {
  ...each(
    [
      'CreateBranch',
      'CreateCommit',
      'CreateRepository',
      'DeleteBranch',
      'GetBranch',
      'GetCommit',
      'GetRepository',
      'ListBranches',
    ],
    (action) => (input, ids) => one(`codecommit:${action}`, arn('codecommit', ids, input.repositoryName)),
  ),
  ...allEverywhere('codecommit', 'ListRepositories'),
};
