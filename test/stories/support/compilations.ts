import type { CompilationJob } from '../../../local/services/sagemaker/compilation/compilation-job.ts';
import type { Story } from './story.ts';
import type { Machine } from './told-release.ts';

/** A request whose release compiles what it has trained for the machines that it deploys to. */
export const compiling = (compile: object = {}, others: object = {}) => ({
  pipeline: 'flight-delay',
  overrides: {
    compile: { framework: 'XGBOOST', target: 'ml_c5', image: 'flight-delay:stable', ...compile },
    ...others,
  },
});

/** Every compilation job of the story, oldest first. */
export const compilations = ({ world }: Story): CompilationJob[] => [
  ...world.sagemaker.compilations.jobs.values(),
];

/** Lets time pass until a compilation job runs, and tells it. */
export async function compilationBegun(story: Story): Promise<CompilationJob> {
  const running = () => compilations(story).find(({ status }) => status === 'INPROGRESS');
  await story.world.clock.runUntil(() => running() !== undefined, 24 * 3_600_000);
  return running()!;
}

/** What an evaluation was given, by input name, for each candidate of a release; of the first when none is named. */
export function evaluationInputs(
  { world }: Story,
  release = '',
): Partial<Record<'challenger' | 'champion', Record<string, string>>> {
  const jobs = [...world.sagemaker.jobs.processing.values()].filter(
    ({ name }) => name.startsWith(release) && name.includes('-eval-'),
  );
  return Object.fromEntries(
    jobs.map(({ name, request }) => [
      /-eval-(\w+)-/.exec(name)![1],
      Object.fromEntries(
        (request.ProcessingInputs ?? []).map(({ InputName, S3Input }) => [InputName, S3Input!.S3Uri]),
      ),
    ]),
  );
}

interface Specification {
  readonly Name?: string;
  readonly Containers: readonly { readonly Image: string; readonly ModelDataUrl: string }[];
}

/** The package that a release registered. */
export const packageOf = (story: Story, { modelPackageArn }: { readonly modelPackageArn?: string }) =>
  story.ask<{
    readonly InferenceSpecification: Specification;
    readonly AdditionalInferenceSpecifications?: readonly Specification[];
  }>('DescribeModelPackage', { ModelPackageName: modelPackageArn });

/** When the machines of a kind entered a state, in the world's time. */
export const enteredAt = (story: Story, machine: Machine, state: string): number[] =>
  story
    .executions(machine)
    .flatMap(({ history }) =>
      history
        .filter(
          ({ stateEnteredEventDetails }) =>
            (stateEnteredEventDetails as { name?: string } | undefined)?.name === state,
        )
        .map(({ timestamp }) => new Date(timestamp as string | number | Date).getTime()),
    );
