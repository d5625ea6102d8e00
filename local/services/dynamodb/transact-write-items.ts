import { AwsError, validationError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import type { World } from '../../world.ts';
import { itemSize } from './attribute-value.ts';
import { writeUnits } from './capacity.ts';
import type { DynamoDb } from './dynamodb.ts';
import { type CancellationReason, transactionCanceled } from './errors.ts';

import {
  apply,
  type Change,
  planned,
  understood,
  type Write,
  type WriteInput,
  type WriteKind,
} from './write.ts';

interface TransactWriteItemsInput {
  readonly TransactItems: readonly TransactItem[];
  readonly ClientRequestToken?: string;
  readonly ReturnConsumedCapacity?: 'INDEXES' | 'TOTAL' | 'NONE';
}

type TransactItem = Readonly<Partial<Record<'ConditionCheck' | 'Put' | 'Delete' | 'Update', WriteInput>>>;

const KINDS: Readonly<Record<string, WriteKind>> = {
  ConditionCheck: 'check',
  Put: 'put',
  Delete: 'delete',
  Update: 'update',
};

const MOST_ITEMS = 100;
const MOST_BYTES = 4_194_304;

/** So long a token tells a repeated request from a new one. Source: API reference, TransactWriteItems. */
const TOKEN_MS = 600_000;

/** All of its writes happen, or none does. */
export const transactWriteItems = (dynamodb: DynamoDb, world: World): Operation => {
  const known = new Map<string, { text: string; untilMs: number }>();

  return (input: TransactWriteItemsInput) => {
    const { ClientRequestToken: token, ...rest } = input;
    const text = JSON.stringify(rest);
    const nowMs = world.clock.now();
    const before = token === undefined ? undefined : known.get(token);
    if (before !== undefined && before.untilMs > nowMs) {
      if (before.text === text) return {};
      throw new AwsError(
        'IdempotentParameterMismatchException',
        'The request with this client request token was already made with other parameters',
      );
    }
    const writes = input.TransactItems.map(writeOf);
    checkTogether(dynamodb, writes);
    const changes = allPlanned(dynamodb, writes);
    for (const change of changes) apply(dynamodb.table(change.write.input.TableName), change);
    if (token !== undefined) known.set(token, { text, untilMs: nowMs + TOKEN_MS });
    return consumedBy(input, changes);
  };
};

const writeOf = (item: TransactItem): Write => {
  const kinds = Object.keys(KINDS).filter((name) => item[name as keyof TransactItem] !== undefined);
  if (kinds.length !== 1) {
    throw validationError('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  const [name] = kinds;
  return understood(KINDS[name!]!, item[name as keyof TransactItem]!);
};

const checkTogether = (dynamodb: DynamoDb, writes: readonly Write[]): void => {
  if (writes.length > MOST_ITEMS) {
    throw validationError(
      `1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must have length less than or equal to ${MOST_ITEMS}`,
    );
  }
  const targets = new Set(
    writes.map(({ input, given }) => {
      const { name, key } = dynamodb.table(input.TableName);
      return JSON.stringify([name, key.map((attribute) => given[attribute.name])]);
    }),
  );
  if (targets.size < writes.length) {
    throw validationError('Transaction request cannot include multiple operations on one item');
  }
  if (writes.reduce((sum, { given }) => sum + itemSize(given), 0) > MOST_BYTES) {
    throw validationError('Collective size of all items in transaction exceeds limit of 4MB');
  }
};

/** Every write is judged by what stands in the tables before the first of them. */
const allPlanned = (dynamodb: DynamoDb, writes: readonly Write[]): Change[] => {
  const changes: Change[] = [];
  const reasons = writes.map((write): CancellationReason => {
    try {
      changes.push(planned(dynamodb.table(write.input.TableName), write));
      return { Code: 'None' };
    } catch (error) {
      return reasonOf(error);
    }
  });
  if (reasons.some(({ Code }) => Code !== 'None')) throw transactionCanceled(reasons);
  return changes;
};

const reasonOf = (error: unknown): CancellationReason => {
  if (!(error instanceof AwsError)) throw error;
  if (error.code === 'ValidationException') return { Code: 'ValidationError', Message: error.message };
  return { Code: 'ConditionalCheckFailed', Message: error.message, ...error.members };
};

/** A transaction's writes cost twice. */
const consumedBy = (input: TransactWriteItemsInput, changes: readonly Change[]): object => {
  if ((input.ReturnConsumedCapacity ?? 'NONE') === 'NONE') return {};
  const units = new Map<string, number>();
  for (const { write, before, after } of changes) {
    const { TableName } = write.input;
    units.set(TableName, (units.get(TableName) ?? 0) + 2 * writeUnits(before, after));
  }
  return {
    ConsumedCapacity: [...units].map(([TableName, CapacityUnits]) => ({
      TableName,
      CapacityUnits,
      WriteCapacityUnits: CapacityUnits,
    })),
  };
};
