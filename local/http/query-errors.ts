import type { AwsError } from '../aws-error.ts';
import { wireModelOf } from '../models/wire.ts';
import type { ServiceName } from '../service.ts';

/** Whose fault an error is, in the words of the query protocol. */
export const faultOf = ({ statusCode }: AwsError): 'Sender' | 'Receiver' =>
  statusCode < 500 ? 'Sender' : 'Receiver';

/** The code under which the query protocol tells an error: some shapes have another there. */
export const queryCodeOf = (service: ServiceName, { code }: AwsError): string =>
  service === 'sqs' && longCodes.has(code)
    ? `AWS.SimpleQueueService.${code === 'QueueDoesNotExist' ? 'NonExistentQueue' : code}`
    : (wireModelOf(service).errors[code]?.code ?? code);

/** Errors of SQS with a longer code in its query form. Botocore's model tells them no more; AWS's SDK for JavaScript does. */
const longCodes = new Set([
  'BatchEntryIdsNotDistinct',
  'BatchRequestTooLong',
  'EmptyBatchRequest',
  'InvalidBatchEntryId',
  'MessageNotInflight',
  'PurgeQueueInProgress',
  'QueueDeletedRecently',
  'QueueDoesNotExist',
  'TooManyEntriesInBatchRequest',
  'UnsupportedOperation',
]);

/** The header in which a service that once spoke `query` tells the code that its older clients know. */
export const queryErrorHeader = (
  service: ServiceName | undefined,
  error: AwsError,
): Record<string, string> =>
  service !== undefined && wireModelOf(service).isQueryCompatible
    ? { 'x-amzn-query-error': `${queryCodeOf(service, error)};${faultOf(error)}` }
    : {};
