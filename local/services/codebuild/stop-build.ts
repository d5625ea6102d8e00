import { AwsError } from '../../aws-error.ts';
import { buildDescription } from './build.ts';
import { endBuild } from './build-run.ts';
import type { CodeBuild } from './codebuild.ts';

/** A build that has ended stays as it is. @throws AwsError ResourceNotFoundException */
export function stopBuild(codebuild: CodeBuild, { id }: { readonly id: string }) {
  const build = codebuild.findBuild(id);
  if (build === undefined) throw new AwsError('ResourceNotFoundException', `Build cannot be found: ${id}`);
  if (build.status === 'IN_PROGRESS') endBuild(codebuild.world, build, 'STOPPED');
  return { build: buildDescription(build, codebuild.world.region) };
}
