import type { ServiceName } from '../service.ts';

/**
 * Operations that a stand-in answers although AWS's model of them is not among
 * our files: the door passes their input unchecked. `test/local/template/open-world.test.ts` fails
 * when a stand-in has such an operation and it is missing here.
 */
export const uncheckedOperations: Readonly<Partial<Record<ServiceName, readonly string[]>>> = {
  dynamodb: ['CreateTable', 'DescribeTable'],
  sqs: ['GetQueueAttributes'],
  stepfunctions: ['StartSyncExecution'],
};
