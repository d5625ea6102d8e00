/** What an endpoint's clients saw of a release: whose answers they got, in which share, and how many were errors. */

import type { FleetSpec } from '../../../local/runners/runner.ts';
import type { SimulatedFleet } from '../../../local/scenario.ts';
import { ENDPOINT, type Story } from './story.ts';

/** So many that the requests of a single second still tell a share exactly. */
const REQUESTS_PER_MINUTE = 60_000;

/** Two shares that differ by less are one and the same; the smallest step of any shift is larger. */
const TOLERANCE = 0.02;

export type Answerer = 'champion' | 'challenger';

/** A time in which the challenger's share of the answers did not change. */
export interface Phase {
  readonly share: number;
  readonly seconds: number;
  readonly requests: number;
}

export interface Requests {
  readonly requests: number;
  readonly errors: number;
}

/** Whose answers those of a variant of an endpoint config are. On a trial's config both have a variant. */
export const answererOf = (release: string, config: string, variant: string): Answerer =>
  config === release || (config === `${release}-trial` && variant === 'challenger')
    ? 'challenger'
    : 'champion';

/** Clients that never stop; every challenger after the first config of the endpoint behaves as told. */
export function clientsOf(challenger: () => SimulatedFleet = () => ({})) {
  let first: string | undefined;
  return ({ endpointConfigName: config, variantName }: FleetSpec): SimulatedFleet => {
    first ??= config;
    const isChampion = config === first || (config.endsWith('-trial') && variantName !== 'challenger');
    return { requestsPerMinute: REQUESTS_PER_MINUTE, ...(isChampion ? {} : challenger()) };
  };
}

/** What the clients got from each of the two since a moment; copies that nobody was answered with are not among it. */
export function answersOf(story: Story, release: string, sinceMs = 0): Record<Answerer, Requests> {
  const answers = { champion: { requests: 0, errors: 0 }, challenger: { requests: 0, errors: 0 } };
  for (const { fleet, variant, requests, errors } of rows(story, sinceMs)) {
    const by = answers[answererOf(release, fleet, variant)];
    by.requests += requests;
    by.errors += errors;
  }
  return answers;
}

/**
 * The challenger's share of the answers from a moment on, phase by phase. The rows of traffic end where any share
 * changes, so nothing is known here of shifts and steps: what comes out is what the clients saw.
 */
export function phasesOf(story: Story, release: string, sinceMs: number): Phase[] {
  const seconds = new Map<number, Record<Answerer, number>>();
  for (const { atMs, fleet, variant, requests } of rows(story, sinceMs)) {
    const second = seconds.get(atMs) ?? { champion: 0, challenger: 0 };
    seconds.set(atMs, second);
    second[answererOf(release, fleet, variant)] += requests;
  }
  const phases: { share: number; seconds: number; requests: number; challenger: number }[] = [];
  let beforeMs = sinceMs;
  for (const [atMs, { champion, challenger }] of seconds) {
    const requests = champion + challenger;
    let phase = phases.at(-1);
    if (phase === undefined || Math.abs(phase.share - challenger / requests) > TOLERANCE) {
      phase = { share: 0, seconds: 0, requests: 0, challenger: 0 };
      phases.push(phase);
    }
    phase.requests += requests;
    phase.challenger += challenger;
    phase.share = phase.challenger / phase.requests;
    phase.seconds += (atMs - beforeMs) / 1000;
    beforeMs = atMs;
  }
  return phases.map(({ share, seconds: lasted, requests }) => ({ share, seconds: lasted, requests }));
}

/** What the clients got from one variant of one endpoint config. */
export function answersOfVariant(story: Story, config: string, name: string): Requests {
  const answers = { requests: 0, errors: 0 };
  for (const { fleet, variant, requests, errors } of rows(story, 0)) {
    if (fleet !== config || variant !== name) continue;
    answers.requests += requests;
    answers.errors += errors;
  }
  return answers;
}

/** How many copies a shadow got of the requests, and how many of them it answered with an error. */
export function copiesOf(story: Story, release: string): Requests {
  const copies = { requests: 0, errors: 0 };
  for (const { fleet, isShadow, requests, errors } of story.world.sagemaker.endpoints.traffic(ENDPOINT)) {
    if (!isShadow || fleet !== `${release}-trial`) continue;
    copies.requests += requests;
    copies.errors += errors;
  }
  return copies;
}

const rows = (story: Story, sinceMs: number) =>
  story.world.sagemaker.endpoints
    .traffic(ENDPOINT)
    .filter(({ atMs, requests, isShadow }) => atMs >= sinceMs && requests > 0 && !isShadow);

/** A block of the pipeline file, as far as it says who carries how many of the requests. */
export interface ShiftBlock {
  readonly type: string;
  readonly percent?: number;
  readonly instances?: number;
  readonly stepPercent?: number;
  readonly batchPercent?: number;
  readonly steps?: readonly number[];
  readonly then?: ShiftBlock;
}

/**
 * The challenger's shares, one after another, that AWS's rules give: whole instances carry a canary, a step or a
 * batch, a percentage is rounded down to them, but at least one; each instance gets the same share. Weights are
 * shares of the requests themselves, and a shadow answers nobody.
 */
export function sharesOf(shift: ShiftBlock, instances: number): number[] {
  const whole = (percent: number): number => Math.max(1, Math.floor((instances * percent) / 100));
  const inStepsOf = (block: number): number[] =>
    Array.from({ length: Math.ceil(instances / block) }, (_, step) =>
      Math.min(1, ((step + 1) * block) / instances),
    );
  switch (shift.type) {
    case 'canary':
      return [0, (shift.instances ?? whole(shift.percent ?? 25)) / instances, 1];
    case 'linear':
      return [0, ...inStepsOf(whole(shift.stepPercent ?? 25))];
    case 'rolling':
      return [0, ...inStepsOf(whole(shift.batchPercent ?? 25))];
    case 'weights':
      return [0, ...(shift.steps ?? [10, 50]).map((percent) => percent / 100), 1];
    case 'shadow':
      return sharesOf(shift.then ?? { type: 'canary' }, instances);
    default:
      return [0, 1];
  }
}
