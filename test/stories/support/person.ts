import type { ExecutionView } from '../../../local/services/stepfunctions/stepfunctions.ts';
import type { World } from '../../../local/world.ts';
import type { Machine } from './told-release.ts';

export const ENDPOINT = 'flight-delay';

/** What serves, as SageMaker tells it. */
export interface Served {
  readonly status: string;
  readonly config: string;
  readonly instances: number;
  readonly modifiedAt: string;
}

/** What somebody at the keyboard can do and see in a world. */
export abstract class Person {
  world!: World;

  upload(name: string, body = `[{"file":"${name}"}]`): void {
    this.world.s3.put(this.world.outputs.DataBucketName!, `flight-delay/incoming/${name}`, body);
  }

  pushImage(content: string, tag = 'stable'): string {
    return this.world.ecr.push({ repository: 'flight-delay', tag, content }).digest;
  }

  /** Starts a release by hand, and tells its execution's ARN. */
  async start(request: unknown, name?: string): Promise<string> {
    const { executionArn } = await this.asStates<{ executionArn: string }>('StartExecution', {
      stateMachineArn: this.world.outputs.ReleaseMachineArn,
      input: JSON.stringify(request),
      ...(name !== undefined && { name }),
    });
    return executionArn;
  }

  /** Stops an execution by hand. */
  async abort(executionArn: string): Promise<void> {
    await this.asStates('StopExecution', { executionArn, error: 'Stopped', cause: 'by hand' });
  }

  /** Says yes or no to a model package, as Studio does. */
  async decide(packageArn: string, status: 'Approved' | 'Rejected'): Promise<void> {
    await this.ask('UpdateModelPackage', { ModelPackageArn: packageArn, ModelApprovalStatus: status });
  }

  executions(machine: Machine): ExecutionView[] {
    return this.world.stepfunctions
      .executions()
      .filter(({ machineName }) => machineName.endsWith(`-${machine}`));
  }

  /** What the endpoint serves; undefined when there is none. */
  async served(): Promise<Served | undefined> {
    try {
      const told = await this.ask<DescribedEndpoint>('DescribeEndpoint', { EndpointName: ENDPOINT });
      return {
        status: told.EndpointStatus,
        config: told.EndpointConfigName,
        instances: told.ProductionVariants?.[0]?.CurrentInstanceCount ?? 0,
        modifiedAt: told.LastModifiedTime.toISOString(),
      };
    } catch (error) {
      if (/Could not find endpoint/.test((error as Error).message)) return undefined;
      throw error;
    }
  }

  /** Everything that serving needs: compare two of them to see what a release touched. */
  async serving() {
    const { EndpointConfigs } = await this.ask<{ EndpointConfigs: { EndpointConfigName: string }[] }>(
      'ListEndpointConfigs',
      {},
    );
    const { Models } = await this.ask<{ Models: { ModelName: string }[] }>('ListModels', {});
    return {
      endpoint: await this.served(),
      configs: EndpointConfigs.map(({ EndpointConfigName }) => EndpointConfigName).sort(),
      models: Models.map(({ ModelName }) => ModelName).sort(),
      alarms: this.alarms(),
    };
  }

  /** The releases' own alarms by name. */
  alarms(): string[] {
    return [...this.world.cloudwatch.alarms.keys()].filter((name) => name.includes('-release-')).sort();
  }

  /** How many requests each fleet answered, and how many of them with an error. */
  traffic(): Record<string, { requests: number; errors: number }> {
    const fleets: Record<string, { requests: number; errors: number }> = {};
    for (const { fleet, requests, errors } of this.world.sagemaker.endpoints.traffic(ENDPOINT)) {
      fleets[fleet] ??= { requests: 0, errors: 0 };
      fleets[fleet].requests += requests;
      fleets[fleet].errors += errors;
    }
    return fleets;
  }

  /** The bodies of the messages that were given up. */
  deadLetters(): string[] {
    return this.world.sqs.messages(this.world.resources.EventDeadLetterQueue!).map(({ body }) => body);
  }

  /** What the ledger holds under a partition key, sort keys and their attributes without DynamoDB's types. */
  async ledger(pk: string): Promise<Record<string, unknown>[]> {
    const { Items } = (await this.world.door.call({
      service: 'dynamodb',
      operation: 'Query',
      input: {
        TableName: this.world.outputs.LedgerTableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: pk } },
      },
      caller: this.world.person,
    })) as { Items: Record<string, object>[] };
    return Items.map((item) =>
      Object.fromEntries(Object.entries(item).map(([name, typed]) => [name, Object.values(typed)[0]])),
    );
  }

  /** Asks SageMaker as the person at the keyboard. */
  ask<Answer>(operation: string, input: object): Promise<Answer> {
    return this.world.door.call({
      service: 'sagemaker',
      operation,
      input,
      caller: this.world.person,
    }) as Promise<Answer>;
  }

  asStates<Answer>(operation: string, input: object): Promise<Answer> {
    const { door, person } = this.world;
    return door.call({ service: 'stepfunctions', operation, input, caller: person }) as Promise<Answer>;
  }
}

interface DescribedEndpoint {
  readonly EndpointStatus: string;
  readonly EndpointConfigName: string;
  readonly LastModifiedTime: Date;
  readonly ProductionVariants?: readonly { readonly CurrentInstanceCount: number }[];
}
