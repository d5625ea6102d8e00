import { buildDescription } from './build.ts';
import type { CodeBuild } from './codebuild.ts';

/** Builds by id or ARN; those that are not there are told beside them. */
export const batchGetBuilds = (codebuild: CodeBuild, { ids }: { readonly ids: readonly string[] }) => ({
  builds: ids.flatMap((id) => {
    const build = codebuild.findBuild(id);
    return build === undefined ? [] : [buildDescription(build, codebuild.world.region)];
  }),
  buildsNotFound: ids.filter((id) => codebuild.findBuild(id) === undefined),
});
