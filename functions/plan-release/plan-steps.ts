import { createHash } from 'node:crypto';
import type { PlanStep, PlanSteps } from '#shared/generated/contracts.ts';
import { championImageOf } from './evaluate-plan.ts';
import type { Making } from './plan-release.ts';

/**
 * How Signalbox starts a container: its argument, its paths, its channels. A
 * change that can change a result raises it, and nothing older is found again.
 */
const CONTRACT = '1';

/** Longer texts stand as their hash. */
const SHORT = 64;

/**
 * Each step by everything that can change its result. Spot, time limits, disk,
 * tags and the release's own names cannot, so a release that was started again
 * with more time finds what it has finished.
 */
export function planSteps(making: Making): PlanSteps {
  const { pipeline, images, data, live } = making;
  const { process, train, evaluate } = pipeline;
  const processed = step({
    data: data.hash,
    prefix: pipeline.data.prefix,
    scope: pipeline.data.scope,
    image: images.process,
    ...machines(process.instances),
    ...named('environment', process.environment),
  });
  const trained = step({
    rows: processed.key,
    image: images.train,
    ...machines(train.instances),
    ...named('hyperparameters', train.hyperparameters),
    ...named('metrics', Object.fromEntries(train.metrics.map(({ name, regex }) => [name, regex]))),
    ...named('environment', train.environment),
  });
  const judged = {
    rows: processed.key,
    ...machines(evaluate.instances),
    ...named('environment', evaluate.environment),
  };
  const compiled = compileStep(making, trained);
  const champion = live?.package;
  return {
    process: processed,
    train: trained,
    compile: compiled,
    challenger: step({ model: (compiled ?? trained).key, image: images.evaluate, ...judged }),
    champion: champion ? step({ model: champion.arn, image: championImageOf(champion), ...judged }) : null,
  };
}

/** What serves the compiled model is remembered with it, so another image is another step. */
function compileStep({ pipeline: { compile }, images }: Making, trained: PlanStep): PlanStep | null {
  if (compile === undefined) return null;
  const { framework, frameworkVersion, input, target, platform, options } = compile;
  return step({
    model: trained.key,
    framework,
    ...(frameworkVersion !== undefined && { frameworkVersion }),
    ...(input !== undefined && { input: JSON.stringify(input) }),
    target: target ?? [platform!.os, platform!.arch, platform!.accelerator].filter(Boolean).join('/'),
    ...(options !== undefined && { options: JSON.stringify(options) }),
    image: images.compile ?? 'named by Neo',
  });
}

function step(ingredients: Readonly<Record<string, string>>): PlanStep {
  const all = { contract: CONTRACT, ...ingredients };
  const sorted = Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    key: sha256(JSON.stringify(sorted)),
    ingredients: Object.fromEntries(sorted.map(([name, text]) => [name, shortened(text)])),
  };
}

const machines = ({ type, count }: { type: string; count: number }) => ({
  'instances.type': type,
  'instances.count': String(count),
});

/** `{epochs: 12}` under `hyperparameters` → `{'hyperparameters.epochs': '12'}`; a number and its text are the same to a container. */
const named = (
  group: string,
  values: Readonly<Record<string, string | number | boolean>>,
): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`${group}.${name}`, String(value)]));

const shortened = (text: string): string => (text.length <= SHORT ? text : `sha256:${sha256(text)}`);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
