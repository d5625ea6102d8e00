import type { World } from '../world.ts';

/** The parts of the world that state machines need; tests give just these. */
export type AslWorld = Pick<World, 'region' | 'accountId' | 'clock' | 'random' | 'journal'> & {
  readonly door: Pick<World['door'], 'call' | 'allows'>;
  /** What `.sync` waits on: told by the stand-ins themselves, as AWS's managed rules tell Step Functions. */
  readonly sagemaker: { readonly jobs: Pick<World['sagemaker']['jobs'], 'untilEnded'> };
  readonly codebuild: Pick<World['codebuild'], 'untilEnded'>;
  readonly stepfunctions: Pick<World['stepfunctions'], 'untilEnded' | 'keepMapRun' | 'keepExecution'>;
  readonly events: Pick<World['events'], 'emit'>;
};
