import { page } from '../scheduler/page.ts';
import type { CodeCommit } from './codecommit.ts';

export function listRepositories(codecommit: CodeCommit, { nextToken }: { readonly nextToken?: string }) {
  const all = [...codecommit.repositories.values()];
  const { items, NextToken } = page(all, ({ name }) => name, { MaxResults: 1000, NextToken: nextToken });
  return {
    repositories: items.map(({ name, id }) => ({ repositoryName: name, repositoryId: id })),
    ...(NextToken !== undefined && { nextToken: NextToken }),
  };
}
