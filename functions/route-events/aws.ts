import { ConditionalCheckFailedException, DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  ExecutionAlreadyExists,
  InvalidToken,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Addition, Burst, Doors, Execution } from './doors.ts';

/** SQS takes attributes of any length that a message has room for; people read the first lines. */
const LONGEST_REASON = 1024;

/**
 * The doors to AWS, by the names that the stack gives the function.
 *
 * @throws Error naming a variable that is not set
 */
export function awsDoors(env: NodeJS.ProcessEnv): Doors {
  const named = (name: string): string => {
    const value = env[name];
    if (value === undefined) throw new Error(`The environment variable ${name} is not set.`);
    return value;
  };
  const sfn = new SFNClient({});
  const s3 = new S3Client({});
  const dynamodb = new DynamoDBClient({});
  // Where the client looks for SQS is said once, for all clients alike.
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  const machines = {
    release: named('RELEASE_STATE_MACHINE_ARN'),
    rollback: named('ROLLBACK_STATE_MACHINE_ARN'),
    collect: named('COLLECT_STATE_MACHINE_ARN'),
  };
  const table = named('LEDGER_TABLE');
  const bucket = named('ARTIFACT_BUCKET');
  const deadLetters = named('DEAD_LETTER_QUEUE_URL');
  return {
    nowMs: () => Date.now(),

    async start({ machine, name, input }: Execution) {
      try {
        await sfn.send(
          new StartExecutionCommand({
            stateMachineArn: machines[machine],
            name,
            input: JSON.stringify(input),
          }),
        );
        return 'started';
      } catch (error) {
        if (error instanceof ExecutionAlreadyExists) return 'duplicate';
        throw error;
      }
    },

    async keepPart(Key, Body) {
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ContentType: 'application/json' }));
    },

    async addToBurst(addition) {
      const { Attributes } = await dynamodb.send(new UpdateItemCommand(burstUpdate(table, addition)));
      const token = Attributes?.token?.S;
      return {
        batch: Attributes!.batch!.S!,
        parts: Attributes!.parts?.L?.length ?? 0,
        ...(token !== undefined && { token }),
      } satisfies Burst;
    },

    async replaceCollector(pipeline, dead, batch) {
      try {
        await dynamodb.send(
          new UpdateItemCommand({
            TableName: table,
            Key: burstKey(pipeline),
            UpdateExpression: 'SET #batch = :batch REMOVE #token',
            ConditionExpression: '#batch = :dead',
            ExpressionAttributeNames: { '#batch': 'batch', '#token': 'token' },
            ExpressionAttributeValues: { ':batch': { S: batch }, ':dead': { S: dead } },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },

    async wake(taskToken) {
      try {
        await sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }));
      } catch (error) {
        const isAwake = [TaskTimedOut, TaskDoesNotExist, InvalidToken].some((gone) => error instanceof gone);
        if (!isAwake) throw error;
      }
    },

    async giveUp(body, reason) {
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: deadLetters,
          MessageBody: body,
          MessageAttributes: {
            Reason: { DataType: 'String', StringValue: printable(reason).slice(0, LONGEST_REASON) },
          },
        }),
      );
    },
  };
}

const burstKey = (pipeline: string) => ({ pk: { S: `collect/${pipeline}` }, sk: { S: 'open' } });

/** One write however many objects there are. A part that is told twice is read once. */
const burstUpdate = (table: string, { pipeline, batch, settings, nowMs, part, hasMarker }: Addition) => ({
  TableName: table,
  Key: burstKey(pipeline),
  UpdateExpression: `SET #batch = if_not_exists(#batch, :batch), openedAt = if_not_exists(openedAt, :now), lastAt = :now, settings = :settings${hasMarker ? ', marker = :now' : ''}${part === undefined ? '' : ', parts = list_append(if_not_exists(parts, :none), :part)'}`,
  ExpressionAttributeNames: { '#batch': 'batch' },
  ExpressionAttributeValues: {
    ':batch': { S: batch },
    ':now': { N: String(nowMs) },
    ':settings': { S: JSON.stringify(settings) },
    ...(part !== undefined && { ':part': { L: [{ S: part }] }, ':none': { L: [] } }),
  },
  ReturnValues: 'ALL_NEW' as const,
});

/** What SQS takes in an attribute: no control characters. A message that is not JSON may be quoted in its reason. */
const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced.
  text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '?');
