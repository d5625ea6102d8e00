import type { RequestContext } from '../conditions.ts';

/** One permission that a call needs. */
export interface Need {
  readonly action: string;
  readonly resource: string;
  readonly context?: RequestContext;
  /** Other resources of which one would do as well, where it cannot be told which one is meant. */
  readonly orOn?: readonly string[];
}

export interface Ids {
  readonly accountId: string;
  readonly region: string;
  /** The state machines of which one waits with this task token; one alone if that is known. */
  readonly waitersWith?: (taskToken: string) => readonly string[];
  /** The customer's own key with which a queue or topic is encrypted. */
  readonly keyOf?: (resourceArn: string) => string | undefined;
}

// biome-ignore lint/suspicious/noExplicitAny: inputs have AWS's shapes and were checked by AWS's models.
export type Input = any;
export type Needs = (input: Input, ids: Ids) => readonly Need[];

/** What each operation of one service needs, by the operation's name. Source: "Service Authorization Reference". */
export type NeedsTable = Readonly<Record<string, Needs>>;

export const one = (action: string, resource: string, context?: RequestContext): readonly Need[] => [
  context === undefined ? { action, resource } : { action, resource, context },
];

/** For actions that AWS grants on all resources or on none. */
export const everywhere =
  (action: string): Needs =>
  () =>
    one(action, '*');

/** `everywhere` for many operations of one service, each under its own name. */
export const allEverywhere = (prefix: string, ...operations: readonly string[]): NeedsTable =>
  each(operations, (operation) => everywhere(`${prefix}:${operation}`));

export const arn = (service: string, { region, accountId }: Ids, resource: string): string =>
  `arn:aws:${service}:${region}:${accountId}:${resource}`;

/** A name as it stands, or an ARN as it is. */
export const named = (service: string, ids: Ids, kind: string, nameOrArn: unknown): string =>
  String(nameOrArn).startsWith('arn:') ? String(nameOrArn) : arn(service, ids, `${kind}${String(nameOrArn)}`);

/** Whoever hands a role to a service must be allowed to. */
export const passRole = (roleArn: unknown, service: string): readonly Need[] =>
  typeof roleArn === 'string'
    ? [{ action: 'iam:PassRole', resource: roleArn, context: { 'iam:passedtoservice': service } }]
    : [];

/** One kind of need for many operations of one service, each under its own name. */
export const each = (operations: readonly string[], of: (operation: string) => Needs): NeedsTable =>
  Object.fromEntries(operations.map((operation) => [operation, of(operation)]));

/** What a message's sender or reader needs of the customer's own key, if the queue or topic has one. */
export const keyUse = (resourceArn: string, ids: Ids, ...actions: readonly string[]): readonly Need[] => {
  const key = ids.keyOf?.(resourceArn);
  if (key === undefined) return [];
  const context = { 'kms:viaservice': `${resourceArn.split(':')[2]}.${ids.region}.amazonaws.com` };
  return actions.map((action) => ({ action, resource: key, context }));
};
