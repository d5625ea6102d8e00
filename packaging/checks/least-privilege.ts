import type { Usage } from '../../local/door-usage.ts';
import { wildcard } from '../../local/iam/wildcard.ts';
import type { Grant } from './granted.ts';
import type { Rehearsal } from './rehearsal.ts';
import type { UnusedGrant } from './unused-grants.ts';

/** One line of the table: an action that a statement grants, on what, and how often the stories used it. */
export interface Row {
  readonly role: string;
  readonly action: string;
  readonly resources: readonly string[];
  readonly uses: number;
}

/** What each role is granted, beside what the stories used of it. */
export function privilegeRows(grants: readonly Grant[], usage: readonly Usage[]): Row[] {
  return grants.flatMap((grant) =>
    grant.actions.map((action) => ({
      role: grant.role,
      action,
      resources: grant.resources,
      uses: usesOf(grant, [action], grant.resources, usage),
    })),
  );
}

/** Grants that nothing needs, reasons that nothing needs, and calls that were refused. */
export function privilegeFindings(
  grants: readonly Grant[],
  { usage, tally, failure }: Rehearsal,
  justified: readonly UnusedGrant[],
): string[] {
  if (failure !== undefined) return [`a story fails, so nothing is proved:\n${failure}`];
  const unused = privilegeRows(grants, usage).filter(({ uses }) => uses === 0);
  const isReason =
    (row: { role: string; action: string }) =>
    ({ role, action }: { role: string; action: string }): boolean =>
      role === row.role && action === row.action;
  return [
    ...unused
      .filter((row) => !justified.some(isReason(row)))
      .map(({ role, action, resources }) => `${role}: ${action} on ${brief(resources)} is used by no story`),
    ...unusedResources(grants, usage),
    ...justified
      .filter((reason) => !unused.some(isReason(reason)))
      .map(({ role, action }) => `${role}: ${action} needs no reason in unused-grants.ts any more`),
    ...usage
      .filter(({ refused }) => refused > 0)
      .map(({ roleArn, action, resource }) => `${roleArn} was refused ${action} on ${resource}`),
    ...(tally.valid < tally.calls
      ? [`${tally.calls - tally.valid} calls were not found valid by AWS's models`]
      : []),
  ];
}

/** A resource that a statement names although none of its actions was ever used on it. */
const unusedResources = (grants: readonly Grant[], usage: readonly Usage[]): string[] =>
  grants.flatMap((grant) => {
    if (usesOf(grant, grant.actions, grant.resources, usage) === 0) return [];
    return grant.resources
      .filter((resource) => usesOf(grant, grant.actions, [resource], usage) === 0)
      .map(
        (resource) => `${grant.role}: ${brief([resource])} is used by no story (${grant.actions.join(', ')})`,
      );
  });

function usesOf(
  { roleArn }: Grant,
  actions: readonly string[],
  resources: readonly string[],
  usage: readonly Usage[],
): number {
  const isAction = actions.map((action) => wildcard(action, { ignoreCase: true }));
  const isResource = resources.map((resource) => wildcard(resource));
  return usage
    .filter(
      (use) =>
        use.roleArn === roleArn &&
        isAction.some((test) => test(use.action)) &&
        isResource.some((test) => test(use.resource)),
    )
    .reduce((sum, { count }) => sum + count, 0);
}

/** The table as text, role by role. */
export function privilegeTable(rows: readonly Row[], justified: readonly UnusedGrant[]): string[] {
  const width = Math.max(...rows.map(({ action }) => action.length));
  return [...Map.groupBy(rows, ({ role }) => role)].flatMap(([role, own]) => [
    '',
    role,
    ...own.map(({ action, resources, uses }) => {
      const why =
        uses > 0 ? undefined : justified.find((one) => one.role === role && one.action === action)?.why;
      return `  ${String(uses).padStart(6)}  ${action.padEnd(width)}  ${brief(resources)}${why ? ` · ${why}` : ''}`;
    }),
  ]);
}

export const privilegeTotals = ({ worlds, tally }: Rehearsal): string =>
  `${tally.calls} calls of roles and services in ${worlds} worlds: ${tally.valid} valid by AWS's model, ${tally.allowed} allowed, ${tally.calls - tally.allowed} refused`;

/** Without the partition, region and account that all of them share. */
const brief = (resources: readonly string[]): string =>
  resources.map((resource) => resource.replace(/^arn:aws:[^:]*:[^:]*:\d*:/, '')).join(', ');
