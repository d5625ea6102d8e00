import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VirtualClock } from '../../../local/clock/virtual-clock.ts';
import type { Call } from '../../../local/door.ts';
import { Journal } from '../../../local/journal.ts';
import { Random } from '../../../local/random.ts';
import type { Scenario } from '../../../local/scenario.ts';
import type { Caller, Operation } from '../../../local/service.ts';
import type { Sample } from '../../../local/services/cloudwatch/cloudwatch.ts';
import { DynamoDb } from '../../../local/services/dynamodb/dynamodb.ts';
import { Ecr } from '../../../local/services/ecr/ecr.ts';
import { EventBridge } from '../../../local/services/events/events.ts';
import { Lambda } from '../../../local/services/lambda/lambda.ts';
import { S3 } from '../../../local/services/s3/s3.ts';
import { Sns } from '../../../local/services/sns/sns.ts';
import { Sqs } from '../../../local/services/sqs/sqs.ts';
import type { World } from '../../../local/world.ts';

export const NOW = '2026-03-02T09:00:00Z';

export const person: Caller = { arn: 'arn:aws:iam::123456789012:user/you', via: 'person' };

/** The services of one account with nothing around them: a door without rules, which only remembers calls. */
export const openSmallWorld = (options: { scenario?: Scenario; seed?: number } = {}) => {
  const clock = new VirtualClock(Date.parse(NOW));
  const calls: Call[] = [];
  /** Operations of services that are not here, and refusals: a test puts its own in. */
  const answers: Record<string, (call: Call) => unknown> = {};
  const directory = mkdtempSync(join(tmpdir(), 'small-world-'));
  const world: Record<string, unknown> = {
    accountId: '123456789012',
    region: 'eu-west-1',
    seed: options.seed ?? 7,
    clock,
    random: new Random(options.seed ?? 7),
    journal: new Journal(clock),
    scenario: options.scenario ?? {},
    directory,
    endpointUrl: 'http://127.0.0.1:1',
    // Whether roles suffice is the door's own test.
    iam: { trusts: () => true },
    door: {
      allows: () => true,
      call: async (call: Call) => {
        calls.push(call);
        const answer = answers[`${call.service}.${call.operation}`];
        if (answer !== undefined) return answer(call);
        const { operations } = world[call.service] as { operations: Record<string, Operation> };
        return operations[call.operation]!(call.input, call.caller);
      },
    },
  };
  const samples: Sample[] = [];
  world.cloudwatch = { record: (sample: Sample) => samples.push(sample) };
  const asWorld = world as unknown as World;
  world.s3 = new S3(asWorld);
  world.sqs = new Sqs(asWorld);
  world.sns = new Sns(asWorld);
  world.ecr = new Ecr(asWorld);
  world.events = new EventBridge(asWorld);
  world.dynamodb = new DynamoDb(asWorld);
  world.lambda = new Lambda(asWorld);
  return {
    ...asWorld,
    clock,
    calls,
    samples,
    answers,
    async close() {
      clock.close();
      asWorld.lambda.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

export type SmallWorld = ReturnType<typeof openSmallWorld>;

// biome-ignore lint/suspicious/noExplicitAny: what an operation answers is up to AWS's model.
type Answer = any;

/** Calls an operation as a person would. */
export const call = async (
  operations: Readonly<Record<string, Operation>>,
  name: string,
  input: object,
): Promise<Answer> => operations[name]!(input, person);
