import { validationError } from '../../aws-error.ts';
import { checkedItem, copied, type Item, itemSize } from './attribute-value.ts';
import { conditionFailed } from './errors.ts';
import { type Condition, conditionOf, meets } from './expressions/condition.ts';
import { type ExpressionInput, Names } from './expressions/names.ts';
import { projected } from './expressions/projection.ts';
import { type Update, updated, updateOf } from './expressions/update.ts';
import { checkItemKey, checkKey, refuseKeyPaths } from './keys.ts';
import { refuseLegacy } from './legacy.ts';
import { LARGEST_ITEM_BYTES, type Table } from './table.ts';

export interface WriteInput extends ExpressionInput {
  readonly TableName: string;
  readonly Item?: object;
  readonly Key?: object;
  readonly ConditionExpression?: string;
  readonly UpdateExpression?: string;
  readonly ReturnValues?: 'NONE' | 'ALL_OLD' | 'UPDATED_OLD' | 'ALL_NEW' | 'UPDATED_NEW';
  readonly ReturnValuesOnConditionCheckFailure?: 'NONE' | 'ALL_OLD';
}

export type WriteKind = 'put' | 'delete' | 'update' | 'check';

/** A write that is understood but not yet done. */
export interface Write {
  readonly input: WriteInput;
  readonly kind: WriteKind;
  /** The whole item of a put, else the key. */
  readonly given: Item;
  readonly condition?: Condition;
  readonly update?: Update;
}

/** What a write found and leaves behind. */
export interface Change {
  readonly write: Write;
  readonly before?: Item;
  readonly after?: Item;
}

/** @throws AwsError ValidationException for what is wrong with the request whatever the table holds */
export const understood = (kind: WriteKind, input: WriteInput): Write => {
  refuseLegacy(input);
  const expressions = [...(kind === 'update' ? [input.UpdateExpression] : []), input.ConditionExpression];
  if (expressions.every((text) => text === undefined)) refuseUnneeded(kind, input);
  const given = checkedItem((kind === 'put' ? input.Item : input.Key) ?? {});
  if (kind === 'put' && itemSize(given) > LARGEST_ITEM_BYTES) {
    throw validationError('Item size has exceeded the maximum allowed size');
  }
  const names = new Names(input);
  const update = input.UpdateExpression === undefined ? undefined : updateOf(input.UpdateExpression, names);
  const condition =
    input.ConditionExpression === undefined
      ? undefined
      : conditionOf('ConditionExpression', input.ConditionExpression, names);
  names.requireAllUsed();
  return { input, kind, given, ...(condition && { condition }), ...(update && { update }) };
};

/**
 * What a write would change; nothing is changed yet.
 *
 * @throws AwsError ConditionalCheckFailedException, ValidationException
 */
export const planned = (table: Table, write: Write): Change => {
  const { kind, given, condition, update, input } = write;
  checkTarget(table, write);
  const before = table.get(given);
  if (condition !== undefined && !meets(before ?? {}, condition)) {
    throw conditionFailed(input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? before : undefined);
  }
  if (kind === 'check') return { write, before, after: before };
  if (kind === 'delete') return { write, before };
  const after =
    kind === 'put' ? given : update === undefined ? (before ?? given) : updated(before ?? given, update);
  if (kind === 'update') {
    if (itemSize(after) > LARGEST_ITEM_BYTES) {
      throw validationError('Item size to update has exceeded the maximum allowed size');
    }
    table.checkFits(after);
  }
  return { write, before, after };
};

export const apply = (table: Table, { write, after }: Change): void => {
  if (write.kind === 'check') return;
  if (after === undefined) table.delete(write.given);
  else table.put(after);
};

/** `Attributes`, if the caller asked for them and there are any. */
export const attributesOf = ({ write, before, after }: Change): { Attributes?: Item } => {
  const { ReturnValues: asked = 'NONE' } = write.input;
  const item = asked.endsWith('OLD') ? before : asked.endsWith('NEW') ? after : undefined;
  if (item === undefined) return {};
  if (asked.startsWith('ALL')) return { Attributes: copied(item) };
  return { Attributes: copied(projected(item, write.update?.paths ?? [])) };
};

/** @throws AwsError for values asked back that this operation does not have */
export const allowOnlyOld = ({ ReturnValues: asked = 'NONE' }: WriteInput): void => {
  if (asked !== 'NONE' && asked !== 'ALL_OLD')
    throw validationError('ReturnValues can only be ALL_OLD or NONE');
};

const checkTarget = (table: Table, { kind, given, update }: Write): void => {
  if (kind === 'put') {
    checkItemKey(table.key, given);
    table.checkFits(given);
    return;
  }
  checkKey(table.key, given);
  if (update !== undefined) refuseKeyPaths(table.key, update.paths);
};

const refuseUnneeded = (kind: WriteKind, input: WriteInput): void => {
  if (input.ExpressionAttributeNames !== undefined) {
    throw validationError('ExpressionAttributeNames can only be specified when using expressions');
  }
  if (input.ExpressionAttributeValues === undefined) return;
  const expressions =
    kind === 'update' ? 'UpdateExpression and ConditionExpression are' : 'ConditionExpression is';
  throw validationError(
    `ExpressionAttributeValues can only be specified when using expressions: ${expressions} null`,
  );
};
