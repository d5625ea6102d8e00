import { AwsError } from '../../aws-error.ts';

export interface Commit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly message: string;
  /** `Name <address>` of nobody in particular, if left out. */
  readonly author: { readonly name: string; readonly email: string };
  /** Epoch milliseconds. */
  readonly atMs: number;
}

export interface Repository {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  readonly description?: string;
  readonly createdMs: number;
  /** Commit ids by branch. */
  readonly branches: Map<string, string>;
  readonly commits: Map<string, Commit>;
}

export const noSuchBranch = (name: string): AwsError =>
  new AwsError('BranchDoesNotExistException', `${name} does not exist`);
