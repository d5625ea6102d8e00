import { AwsError } from '../../aws-error.ts';
import type { Operation, Service } from '../../service.ts';
import type { World } from '../../world.ts';
import { batchGetItem } from './batch-get-item.ts';
import { createTable, makeTable } from './create-table.ts';
import { deleteItem } from './delete-item.ts';
import { deleteTable } from './delete-table.ts';
import { describeTable } from './describe-table.ts';
import { getItem } from './get-item.ts';
import { listTables } from './list-tables.ts';
import { putItem } from './put-item.ts';
import { query } from './query.ts';
import { scan } from './scan.ts';
import type { Table } from './table.ts';
import type { TableProperties } from './table-properties.ts';
import { transactWriteItems } from './transact-write-items.ts';
import { updateItem } from './update-item.ts';

/**
 * DynamoDB in this process's memory. Every operation is done when it answers, so
 * two writers at one moment meet in the order in which they asked.
 */
export class DynamoDb implements Service {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly tables = new Map<string, Table>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
    this.operations = {
      BatchGetItem: batchGetItem(this),
      CreateTable: createTable(this, world),
      DeleteItem: deleteItem(this),
      DeleteTable: deleteTable(this),
      DescribeTable: describeTable(this),
      GetItem: getItem(this),
      ListTables: listTables(this),
      PutItem: putItem(this),
      Query: query(this),
      Scan: scan(this),
      TransactWriteItems: transactWriteItems(this, world),
      UpdateItem: updateItem(this),
    };
  }

  /** Creates a table from its CloudFormation properties. */
  createTable(properties: TableProperties): { name: string; arn: string } {
    const { name, description } = makeTable(this, this.#world, properties);
    return { name, arn: String(description.TableArn) };
  }

  /**
   * @param where the table's name or ARN
   * @throws AwsError ResourceNotFoundException
   */
  table(where: string, message = 'Requested resource not found'): Table {
    const table = this.tables.get(where.split('/').at(-1)!);
    if (table !== undefined) return table;
    throw new AwsError('ResourceNotFoundException', message);
  }
}
