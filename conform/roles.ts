import type { Allowance, Case, RoleKind } from './case.ts';
import { isCall } from './case.ts';

/** Who takes a role on, and what it is for. */
export const roleKinds: Readonly<Record<RoleKind, { readonly service: string; readonly what: string }>> = {
  machine: { service: 'states.amazonaws.com', what: 'the state machines of the cases' },
  bare: { service: 'states.amazonaws.com', what: 'state machines that may do nothing' },
  job: { service: 'sagemaker.amazonaws.com', what: 'jobs, models and endpoints' },
  rule: { service: 'events.amazonaws.com', what: 'rules that start an execution' },
  function: { service: 'lambda.amazonaws.com', what: 'functions' },
  pipeline: { service: 'codepipeline.amazonaws.com', what: 'pipelines' },
};

export interface Document {
  readonly Version: '2012-10-17';
  // biome-ignore lint/suspicious/noExplicitAny: IAM's own shape, read by the reader of policies.
  readonly Statement: any;
}

/** Where the placeholders in an allowance point. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
  readonly roleArnOf: (kind: RoleKind) => string;
}

export const trustedBy = (kind: RoleKind): Document => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: roleKinds[kind].service }, Action: 'sts:AssumeRole' }],
});

/** The policy document of some allowances, their placeholders resolved. */
export const policyOf = (allows: readonly Allowance[], { accountId, region, roleArnOf }: Place): Document => {
  const resolve = (text: string): string =>
    text
      .replaceAll('<account>', accountId)
      .replaceAll('<region>', region)
      .replace(/<(\w+)-role>/, (_, kind) => roleArnOf(kind as RoleKind));
  return {
    Version: '2012-10-17',
    Statement: merged(allows).map(({ Action, Resource, Condition }) => ({
      Effect: 'Allow',
      Action: [...Action],
      Resource: [Resource].flat().map(resolve),
      ...(Condition && { Condition }),
    })),
  };
};

/** Everything that the roles of these cases must be allowed, by role. */
export const rolesFor = (cases: readonly Case[]): Map<RoleKind, readonly Allowance[]> => {
  const roles = new Map<RoleKind, Allowance[]>();
  for (const one of cases) {
    if (!isCall(one)) continue;
    for (const [kind, allows] of Object.entries(one.needs?.roles ?? {}) as [RoleKind, Allowance[]][]) {
      roles.set(kind, [...(roles.get(kind) ?? []), ...allows]);
    }
  }
  return new Map([...roles].map(([kind, allows]) => [kind, merged(allows)]));
};

/** One statement per resource and condition. */
const merged = (allows: readonly Allowance[]): Allowance[] => {
  const byPlace = new Map<string, Allowance>();
  for (const { Action, Resource, Condition } of allows) {
    const place = JSON.stringify([Resource, Condition]);
    const before = byPlace.get(place)?.Action ?? [];
    const Actions = [...new Set([...before, ...Action])].sort();
    byPlace.set(place, { Action: Actions, Resource, ...(Condition && { Condition }) });
  }
  return [...byPlace.values()];
};
