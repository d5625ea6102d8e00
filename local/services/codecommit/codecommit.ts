import { createHash } from 'node:crypto';
import { AwsError } from '../../aws-error.ts';
import type { Random } from '../../random.ts';
import type { Caller, Operation, Service } from '../../service.ts';
import type { World } from '../../world.ts';
import { createBranch } from './create-branch.ts';
import { createCommit } from './create-commit.ts';
import { createRepository } from './create-repository.ts';
import { deleteBranch } from './delete-branch.ts';
import { getBranch } from './get-branch.ts';
import { getCommit } from './get-commit.ts';
import { getRepository } from './get-repository.ts';
import { listBranches } from './list-branches.ts';
import { listRepositories } from './list-repositories.ts';
import type { Commit, Repository } from './repository.ts';

export interface Push {
  readonly repository: string;
  /** `main`, if left out. */
  readonly branch?: string;
  /** A commit of another place; one of its own is made, if left out. */
  readonly commit?: string;
  readonly message?: string;
}

/** CodeCommit: repositories with branches and commits, not their files. */
export class CodeCommit implements Service {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly repositories = new Map<string, Repository>();
  readonly world: World;
  readonly #ids: Random;

  constructor(world: World) {
    this.world = world;
    this.#ids = world.random.stream('codecommit/ids');
    this.operations = {
      CreateBranch: (input, caller) => createBranch(this, input, caller),
      CreateCommit: (input, caller) => createCommit(this, input, caller),
      CreateRepository: (input) => createRepository(this, input),
      DeleteBranch: (input, caller) => deleteBranch(this, input, caller),
      GetBranch: (input) => getBranch(this, input),
      GetCommit: (input) => getCommit(this, input),
      GetRepository: (input) => getRepository(this, input),
      ListBranches: (input) => listBranches(this, input),
      ListRepositories: (input) => listRepositories(this, input),
    };
  }

  /** What `git push` does: a branch is made or moves to a commit, and EventBridge hears of it. */
  push({ repository: name, branch = 'main', commit, message = '' }: Push): { commitId: string } {
    const repository = this.repositories.get(name) ?? this.addRepository(name);
    const before = repository.branches.get(branch);
    const made = this.addCommit(repository, {
      ...(commit !== undefined && { id: commit }),
      parents: before === undefined ? [] : [before],
      message,
    });
    this.moveBranch(repository, branch, made.id, this.world.person);
    return { commitId: made.id };
  }

  /** @throws AwsError RepositoryDoesNotExistException */
  repository(name: string): Repository {
    const repository = this.repositories.get(name);
    if (repository !== undefined) return repository;
    throw new AwsError('RepositoryDoesNotExistException', `${name} does not exist`);
  }

  addRepository(name: string, description?: string): Repository {
    const { region, accountId, clock } = this.world;
    const repository: Repository = {
      name,
      id: this.#ids.uuid(),
      arn: `arn:aws:codecommit:${region}:${accountId}:${name}`,
      description,
      createdMs: clock.now(),
      branches: new Map(),
      commits: new Map(),
    };
    this.repositories.set(name, repository);
    return repository;
  }

  addCommit(
    repository: Repository,
    { id, parents, message, author }: Partial<Commit> & Pick<Commit, 'parents' | 'message'>,
  ): Commit {
    const atMs = this.world.clock.now();
    const made: Commit = {
      id: id ?? createHash('sha1').update(`${this.#ids.uuid()} ${parents} ${message}`).digest('hex'),
      parents,
      message,
      author: author ?? { name: '', email: '' },
      atMs,
    };
    // Going back to an earlier commit makes no other.
    if (!repository.commits.has(made.id)) repository.commits.set(made.id, made);
    return repository.commits.get(made.id)!;
  }

  /** Makes, moves or (without a commit) removes a branch. A branch that is there already says nothing. */
  moveBranch(repository: Repository, branch: string, commitId: string | undefined, caller: Caller): void {
    const oldCommitId = repository.branches.get(branch);
    if (oldCommitId === commitId) return;
    if (commitId === undefined) repository.branches.delete(branch);
    else repository.branches.set(branch, commitId);
    const event =
      oldCommitId === undefined
        ? 'referenceCreated'
        : commitId === undefined
          ? 'referenceDeleted'
          : 'referenceUpdated';
    const to = commitId?.slice(0, 12) ?? 'nothing';
    this.world.journal.write(`codecommit/${repository.name}`, `${branch} is at ${to}`);
    this.world.events.emit({
      source: 'aws.codecommit',
      detailType: 'CodeCommit Repository State Change',
      resources: [repository.arn],
      detail: {
        event,
        repositoryName: repository.name,
        repositoryId: repository.id,
        referenceType: 'branch',
        referenceName: branch,
        referenceFullName: `refs/heads/${branch}`,
        ...(commitId !== undefined && { commitId }),
        ...(oldCommitId !== undefined && { oldCommitId }),
        callerUserArn: caller.arn,
      },
    });
  }
}
