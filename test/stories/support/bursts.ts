import type { CallFault } from '../../../local/faults/faults.ts';
import { openWorld } from '../../../local/open-world.ts';
import type { ExecutionView } from '../../../local/services/stepfunctions/stepfunctions.ts';
import type { World } from '../../../local/world.ts';
import { packageWith } from '../../support/package-with.ts';
import { play, usual } from './behaviour.ts';

/** What the world outside does, and what is counted of it. */
export const outside = {
  /** What becomes of the event of an upload; a number is its delay in seconds. */
  fate: (): 'deliver' | 'double' | number => 'deliver',
  faults: [] as CallFault[],
  /** What those who gather wrote to the ledger. */
  writes: 0,
};

export let world: World;

/** Opens a world with test/pipelines for each test of a file. */
export function openForEach(): void {
  let packageDirectory: string;

  beforeAll(() => {
    packageDirectory = packageWith('test/pipelines');
  });

  beforeEach(async () => {
    Object.assign(outside, { fate: () => 'deliver', faults: [], writes: 0 });
    world = await openWorld({
      packageDirectory,
      scenario: {
        get faults() {
          return outside.faults;
        },
        job: (job) => play(job, usual),
        event: ({ source }) => (source === 'aws.s3' ? outside.fate() : 'deliver'),
        fault: ({ operation, caller }) => {
          const gathers = /CollectMachineRole|RouteEventsRole/.test(caller.arn);
          if (gathers && operation === 'UpdateItem') outside.writes += 1;
          return undefined;
        },
      },
    });
  });

  afterEach(() => world.close());
}

export const put = (name: string, body = `[${JSON.stringify(name)}]`, pipeline = 'every-trigger'): void =>
  void world.s3.put(world.outputs.DataBucketName!, `${pipeline}/incoming/${name}`, body);
export const seconds = (count: number): Promise<void> => world.clock.advance(count * 1000);
export const started = (machine: 'release' | 'collect'): ExecutionView[] =>
  world.stepfunctions.executions().filter(({ machineName }) => machineName.endsWith(`-${machine}`));
export const call = <Answer>(
  service: 'dynamodb' | 's3' | 'stepfunctions',
  operation: string,
  input: object,
) => world.door.call({ service, operation, input, caller: world.person }) as Promise<Answer>;

export interface Listed {
  readonly key: string;
  readonly versionId: string;
  readonly etag: string;
}

/** The list that each release was asked for with. */
export async function lists(): Promise<Listed[][]> {
  return Promise.all(
    started('release').map(async ({ input }) => {
      const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(JSON.parse(input).trigger.manifest.uri)!;
      const { Body } = await call<{ Body: Uint8Array }>('s3', 'GetObject', { Bucket, Key });
      return (JSON.parse(Buffer.from(Body).toString()) as { objects: Listed[] }).objects;
    }),
  );
}

export const names = (list: readonly Listed[]): string[] =>
  list.map(({ key }) => key.split('/').slice(2).join('/'));

export async function open(pipeline = 'every-trigger'): Promise<Record<string, unknown>> {
  const { Item } = await call<{ Item?: Record<string, unknown> }>('dynamodb', 'GetItem', {
    TableName: world.resources.LedgerTable,
    Key: { pk: { S: `collect/${pipeline}` }, sk: { S: 'open' } },
  });
  return Item ?? {};
}

export const stop = (arn: string) => call('stepfunctions', 'StopExecution', { executionArn: arn });
export const transitions = ({ history }: ExecutionView): number =>
  history.filter(({ type }) => type.endsWith('StateEntered')).length;

export const entered = ({ history }: ExecutionView, state: string): boolean =>
  history.some((event) => JSON.stringify(event).includes(`"${state}"`));
