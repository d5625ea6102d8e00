import type { ServiceName } from '../local/service.ts';
import type { Aws } from './aws.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Roles a case may need: who takes them on, and the flag by which they are given. */
export type RoleKind = 'machine' | 'bare' | 'job' | 'rule' | 'function' | 'pipeline';

/** One thing a role must be allowed to do. Resources hold `<account>`, `<region>` and `<job-role>`. */
export interface Allowance {
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface Needs {
  readonly roles?: Partial<Readonly<Record<RoleKind, readonly Allowance[]>>>;
  /** An image that trains, processes and serves: see `--image`. */
  readonly image?: true;
  /** What the account must have beside it, in words: a quota, an offer. */
  readonly account?: readonly string[];
}

interface Question {
  /** `<service>/<what>`, the name that `--case` and docs/fidelity.md use. */
  readonly id: string;
  readonly title: string;
  readonly service: ServiceName;
  /** What the answer decides. */
  readonly asks: string;
  /** What the local world answers, in words. */
  readonly assumed: string;
}

/** A question that calls can answer. */
export interface CallCase extends Question {
  /** Estimates, rounded up: dollars in the dearest region, minutes of waiting. */
  readonly cost: { readonly usd: number; readonly minutes: number };
  readonly needs?: Needs;
  /** @returns what was seen: answers, errors, orders; names and times are masked afterwards */
  run(aws: Aws): Promise<Json>;
}

/** A question that no call can answer. */
export interface ReadCase extends Question {
  readonly kind: 'read';
  /** Why no call can tell. */
  readonly reason: string;
  /** Where somebody may read it one day. */
  readonly where: string;
}

export type Case = CallCase | ReadCase;

export const isCall = (one: Case): one is CallCase => !('kind' in one);

/** What is seen where the local world answers 501: AWS then tells something new. */
export const notModelledHere = 'not modelled here';
