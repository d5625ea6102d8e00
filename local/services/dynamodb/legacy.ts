import { notModelled } from '../../aws-error.ts';

/** What expressions replaced in 2014. AWS still takes them; nothing here does. */
const LEGACY = [
  'AttributesToGet',
  'AttributeUpdates',
  'ConditionalOperator',
  'Expected',
  'KeyConditions',
  'QueryFilter',
  'ScanFilter',
];

/** @throws AwsError NotModelled */
export const refuseLegacy = (input: object): void => {
  for (const name of LEGACY) {
    if (name in input) throw notModelled(`DynamoDB's legacy parameter ${name}`);
  }
};
