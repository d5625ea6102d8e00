/** An ordinary design of the same flow, which asks once a minute whether it is done: to count against. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { ExecutionView } from '../../local/services/stepfunctions/stepfunctions.ts';
import type { World } from '../../local/world.ts';
import { endOf, startExecution } from '../executions.ts';

/** Each may start those before it. */
const MACHINES = ['watch', 'compile', 'deploy', 'release'] as const;

export type PollingMachine = (typeof MACHINES)[number];

const SERVICES = ['sagemaker', 'cloudwatch', 's3', 'sns', 'kms', 'states', 'events', 'iam', 'ecr'];

/** The polling machines, deployed beside the packaged stack into the same account. */
export class PollingStack {
  readonly #world: World;

  private constructor(world: World) {
    this.#world = world;
  }

  static async deploy(world: World): Promise<PollingStack> {
    const roleArn = `arn:aws:iam::${world.accountId}:role/polling`;
    const trusted = {
      Effect: 'Allow',
      Principal: { Service: 'states.amazonaws.com' },
      Action: 'sts:AssumeRole',
    } as const;
    world.iam.addRole({
      arn: roleArn,
      trust: { Statement: trusted },
      policies: SERVICES.map((service) => ({
        name: service,
        document: { Statement: { Effect: 'Allow', Action: `${service}:*`, Resource: '*' } },
      })),
      managedPolicyArns: [],
    });
    for (const machine of MACHINES) {
      await world.door.call({
        service: 'stepfunctions',
        operation: 'CreateStateMachine',
        input: { name: `polling-${machine}`, roleArn, definition: definitionOf(machine, world) },
        caller: world.person,
      });
    }
    return new PollingStack(world);
  }

  /** Runs a machine to its end, and tells its execution. */
  async run(machine: PollingMachine, input: object): Promise<ExecutionView> {
    const world = this.#world;
    const ended = await endOf(world, await startExecution(world, arnOf(machine, world), input));
    if (ended.status !== 'SUCCEEDED')
      throw new Error(`${ended.name}: ${ended.error}: ${ended.cause?.slice(-2000)}`);
    return ended;
  }
}

const arnOf = (machine: PollingMachine, { region, accountId }: World): string =>
  `arn:aws:states:${region}:${accountId}:stateMachine:polling-${machine}`;

/** The definition with the names of this world in its `${}`, as CloudFormation would put them in. */
function definitionOf(machine: PollingMachine, world: World): string {
  const { outputs, resources } = world;
  const names: Record<string, string | undefined> = {
    ArtifactBucket: resources.ArtifactBucket,
    NotificationTopic: resources.NotificationTopic,
    JobRoleArn: `arn:aws:iam::${world.accountId}:role/${resources.JobRole}`,
    WatchMachine: arnOf('watch', world),
    DeployMachine: arnOf('deploy', world),
  };
  const text = readFileSync(join(import.meta.dirname, `${machine}.asl.yaml`), 'utf8');
  return JSON.stringify(parse(text)).replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = names[name] ?? outputs[name];
    if (value === undefined)
      throw new Error(`The polling machine ${machine} names ${name}, which nobody is.`);
    return value;
  });
}
