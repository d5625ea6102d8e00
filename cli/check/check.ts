import { existsSync, globSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Fault } from '../../functions/shared/faults.ts';
import { type PipelineFile, readPipelineFiles } from '../../packaging/pipelines.ts';
import { projectRoot } from '../../packaging/root.ts';
import type { Command, Context, Values } from '../command.ts';
import { EXIT, UsageError } from '../told.ts';
import type { Forecast, ToldPrices } from './cost.ts';
import type { SamplePlan } from './sample-plan.ts';
import { checkedText } from './text.ts';

export const check: Command = {
  name: 'check',
  summary: 'check pipeline files offline; show the plan of a release and what it may cost',
  help: `npx signalbox check [files…] [--price <type>=<usd>]

Checks pipeline files without AWS: every fault with its place and what is allowed,
also what SageMaker and EventBridge would refuse. Then shows what a release would do,
step by step, and what it may cost. Without files it checks pipelines/*.yaml.

  --price <type>=<usd>   the price of an instance type in US dollars an hour, where you
                         know better than the table (cli/prices.ts); may be repeated
  --region <name>        the region whose prices are shown (default: AWS_REGION; where the
                         table knows none, us-east-1's stand in and are marked)

  npx signalbox check
  npx signalbox check pipelines/flight-delay.yaml --region us-east-1
  npx signalbox check --price ml.c5.large=0.114 --json

It exits with 1 when a file has a fault. npm run check checks the whole project.`,
  options: { price: { type: 'string', multiple: true } },
  words: { least: 0, most: Number.POSITIVE_INFINITY, are: 'files' },

  async run({ words, values }, context) {
    const told = pricesTold(values);
    const files = await readPipelineFiles(pathsOf(words));
    const checked: Checked[] = [];
    for (const file of files) checked.push(await checkFile(file, context, told));
    const isGood = checked.every(({ faults }) => faults.length === 0);
    return {
      exitCode: isGood ? EXIT.done : EXIT.no,
      document: { files: checked.map(documentOf) },
      text: checkedText(checked, context.io.hasColour),
    };
  },
};

/** One file with all that is known of it offline. */
export interface Checked {
  /** As a person would name it from here. */
  readonly file: string;
  readonly faults: readonly Fault[];
  /** Only of a file without faults. */
  readonly sample?: SamplePlan;
  readonly cost?: Forecast;
}

/** @throws UsageError for what is no file */
function pathsOf(words: readonly string[]): string[] {
  if (words.length === 0) return globSync(join(projectRoot, 'pipelines/*.{yaml,yml}')).sort();
  for (const word of words) {
    if (existsSync(word) && statSync(word).isFile()) continue;
    const known = globSync('pipelines/*.{yaml,yml}', { cwd: projectRoot });
    throw new UsageError(`${word} is no file.`, [`There are ${known.join(', ') || 'no pipeline files'}.`]);
  }
  return [...words];
}

/** @throws UsageError when one is not `<type>=<number>` */
function pricesTold({ price = [] }: Values): ToldPrices {
  return new Map(
    (price as readonly string[]).map((text) => {
      const [, type, usd] = /^(ml\.[a-z0-9.-]+)=(\d+(?:\.\d+)?)$/.exec(text) ?? [];
      if (type !== undefined) return [type, Number(usd)];
      throw new UsageError(`--price is ${JSON.stringify(text)}; give <type>=<US dollars an hour>.`, [
        'For example --price ml.c5.large=0.102',
      ]);
    }),
  );
}

async function checkFile(
  { path, pipeline, written, faults }: PipelineFile,
  { region }: Context,
  told: ToldPrices,
): Promise<Checked> {
  const file = relative(process.cwd(), path) || path;
  // Loaded late: AWS's models are large, and --help needs none of them.
  const { requestFaults, typeFaults } = await import('./aws-faults.ts');
  const found = [...faults, ...typeFaults(written)];
  if (pipeline === undefined || found.length > 0) return { file, faults: found };
  const [{ samplePlan }, { forecast }] = await Promise.all([import('./sample-plan.ts'), import('./cost.ts')]);
  try {
    const sample = samplePlan(pipeline, region ?? 'eu-west-1');
    const refused = requestFaults(sample);
    if (refused.length > 0) return { file, faults: refused };
    return { file, faults: [], sample, cost: forecast(sample.pipeline, region, told) };
  } catch (error) {
    const refused = (error as { faults?: readonly Fault[] }).faults;
    if (refused === undefined) throw error;
    return { file, faults: refused };
  }
}

const documentOf = ({ file, faults, sample, cost }: Checked) => ({
  file,
  faults,
  ...(sample && { pipeline: sample.pipeline, plan: sample.plan }),
  ...(cost && { cost }),
});
