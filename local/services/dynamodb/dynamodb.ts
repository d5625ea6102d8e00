import { AwsError } from '../../aws-error.ts';
import type { Operation, Service } from '../../service.ts';
import type { World } from '../../world.ts';
import { createTable, type TableProperties } from './create-table.ts';
import { createStore, type DynaliteError, runAction, type Store } from './dynalite.ts';
import { itemOperation } from './item-operation.ts';

/** What is passed on as it is. */
const ITEM_OPERATIONS = ['DeleteItem', 'DescribeTable', 'GetItem', 'PutItem', 'Query', 'UpdateItem'];

/** DynamoDB, as `dynalite` (a real implementation on LevelDB) keeps it in this process's memory. */
export class DynamoDb implements Service {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly #world: World;
  #store: Store | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(world: World) {
    this.#world = world;
    this.operations = {
      ...Object.fromEntries(ITEM_OPERATIONS.map((name) => [name, itemOperation(this, name)])),
      CreateTable: (input: TableProperties) => createTable(this, world, input),
    };
  }

  /** Creates a table from its CloudFormation properties. */
  async createTable(properties: TableProperties): Promise<{ name: string; arn: string }> {
    const { TableDescription } = await createTable(this, this.#world, properties);
    return { name: String(TableDescription.TableName), arn: String(TableDescription.TableArn) };
  }

  /**
   * Runs one operation. They run one after another, in the order in which they
   * were asked for, so that two writers at one moment always meet in the same order.
   *
   * @throws AwsError as DynamoDB would
   */
  run(name: string, input: object): Promise<Record<string, unknown>> {
    const run = this.#last.then(() => runAction(this.store(), name, input as Record<string, unknown>));
    this.#last = run.catch(() => undefined);
    return this.#world.clock.hold(run.catch((error) => Promise.reject(asAwsError(error))));
  }

  store(): Store {
    if (this.#store === undefined) {
      this.#store = createStore();
      this.#store.tableDb.awsAccountId = this.#world.accountId;
      this.#store.tableDb.awsRegion = this.#world.region;
    }
    return this.#store;
  }

  async close(): Promise<void> {
    await this.#last;
    const store = this.#store;
    if (store !== undefined) await new Promise<void>((resolve) => store.db.close(() => resolve()));
  }
}

const asAwsError = (error: unknown): unknown => {
  const { statusCode, body } = error as Partial<DynaliteError>;
  if (statusCode === undefined || body === undefined) return error;
  const code = body.__type.split('#').at(-1)!;
  return new AwsError(code, body.message ?? body.Message ?? '', statusCode);
};
