import { EventRefusedError } from '#shared/errors.ts';
import type { Pipeline, Trigger } from '#shared/generated/contracts.ts';
import { type Envelope, optionalText, text } from '../read-message.ts';
import { release, type Start } from '../wish.ts';

const COMMIT = /^[0-9A-Za-z]{7,64}$/;

/** A branch of a CodeCommit repository was made or moved. */
export function fromCodeCommit(event: Envelope, pipelines: readonly Pipeline[]): Start[] {
  const { detail } = event;
  const moved = ['referenceCreated', 'referenceUpdated'].includes(text(detail, 'event'));
  if (!moved || detail.referenceType !== 'branch') return [];
  return fromPush(event, pipelines, {
    repository: text(detail, 'repositoryName'),
    branch: text(detail, 'referenceName'),
    commit: text(detail, 'commitId'),
    previousCommit: optionalText(detail, 'oldCommitId'),
    by: optionalText(detail, 'callerUserArn'),
  });
}

/** A repository workflow tells a push on Signalbox's own bus. */
export function fromCodePushed(event: Envelope, pipelines: readonly Pipeline[]): Start[] {
  const { detail } = event;
  return fromPush(event, pipelines, {
    repository: text(detail, 'repository'),
    branch: text(detail, 'branch'),
    commit: text(detail, 'commit'),
    previousCommit: optionalText(detail, 'previousCommit'),
    by: optionalText(detail, 'by'),
  });
}

interface Push {
  readonly repository: string;
  readonly branch: string;
  readonly commit: string;
  readonly previousCommit: string | undefined;
  readonly by: string | undefined;
}

function fromPush({ id, time }: Envelope, pipelines: readonly Pipeline[], push: Push): Start[] {
  const { repository, branch, commit, by } = push;
  if (!COMMIT.test(commit)) throw new EventRefusedError(`${JSON.stringify(commit)} is no commit id.`);
  // A new branch has nothing before it; Git's own hooks say so by zeros.
  const previousCommit =
    push.previousCommit !== undefined && COMMIT.test(push.previousCommit) && !/^0+$/.test(push.previousCommit)
      ? push.previousCommit
      : undefined;
  const trigger: Trigger = {
    kind: 'code',
    detail: `${repository} ${branch} at ${commit.slice(0, 12)}`.slice(0, 1024),
    eventTime: time,
    repository,
    branch,
    commit,
    ...(previousCommit !== undefined && { previousCommit }),
    ...(by !== undefined && { by: by.slice(0, 1024) }),
  };
  return (
    pipelines
      // A push comes before its image exists: without a project that builds it, it starts nothing.
      .filter(({ triggers }) => {
        const watched = triggers?.code;
        return watched?.build !== undefined && watched.repository === repository && watched.branch === branch;
      })
      // Going back to an earlier commit is a new wish: the commit before it differs.
      .map(({ name }) => release(name, trigger, [repository, branch, commit, previousCommit], id))
  );
}

/** A CodeBuild project has built. */
export function fromCodeBuild({ id, time, detail }: Envelope, pipelines: readonly Pipeline[]): Start[] {
  if (text(detail, 'build-status') !== 'SUCCEEDED') return [];
  const project = text(detail, 'project-name');
  const buildId = text(detail, 'build-id');
  const source = optionalText(detail, 'additional-information', 'source-version');
  const trigger: Trigger = {
    kind: 'code',
    detail: `${project} built ${source ?? buildId}`.slice(0, 1024),
    eventTime: time,
    project,
    buildId,
    // The source's version may be a branch, a tag or a pull request, too.
    ...(source !== undefined && /^[0-9a-f]{40,64}$/.test(source) && { commit: source }),
  };
  return pipelines
    .filter(({ triggers }) => triggers?.code?.project === project)
    .map(({ name }) => release(name, trigger, [project, buildId], id));
}
