import { AwsError, validationError } from '../../aws-error.ts';
import { copied, type Item } from './attribute-value.ts';

/** @param item what stands in the table, for who asked to be told */
export const conditionFailed = (item?: Item): AwsError => {
  const members = item === undefined ? {} : { Item: copied(item) };
  return new AwsError('ConditionalCheckFailedException', 'The conditional request failed', 400, members);
};

export interface CancellationReason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: Item;
}

export const transactionCanceled = (reasons: readonly CancellationReason[]): AwsError =>
  new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
    400,
    { CancellationReasons: reasons },
  );

export const invalid = (what: string): AwsError =>
  validationError(`One or more parameter values were invalid: ${what}`);
