import type { Operation } from '../../service.ts';
import type { DynamoDb } from './dynamodb.ts';

/** Passes an operation on. Members that dynalite does not know it leaves out, as it does over HTTP. */
export const itemOperation =
  (dynamodb: DynamoDb, name: string): Operation =>
  async (input: object) => {
    const output = await dynamodb.run(name, input);
    // Dynalite answers with `ConsumedCapacity: undefined` where nobody asked for it.
    return Object.fromEntries(Object.entries(output).filter(([, value]) => value !== undefined));
  };
