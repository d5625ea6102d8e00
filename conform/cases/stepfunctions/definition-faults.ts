import { SFNClient, TestStateCommand, ValidateStateMachineDefinitionCommand } from '@aws-sdk/client-sfn';
import type { CallCase, Json } from '../../case.ts';
import { anyMachine, asl } from './machines.ts';

const end = { End: true };
const pass = { Type: 'Pass', ...end };
const invoke = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', ...end };
const distributed = (more: object, States: object = { I: pass }) => ({
  Type: 'Map',
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: 'I',
    States,
  },
  ...more,
});

/** Faults that AWS refuses by its documents and in words that nobody has told. */
const faults: Readonly<Record<string, string>> = {
  'a wrong boolean': asl({ A: { Type: 'Pass', End: 'yes' } }),
  'a wrong list': asl({ A: { ...invoke, Retry: {} } }),
  'a state name that is too long': asl({ ['x'.repeat(81)]: pass }),
  'one state name twice': asl({
    A: { Type: 'Parallel', Branches: [{ StartAt: 'A', States: { A: pass } }], ...end },
  }),
  'a label with a space': asl({ A: distributed({ Label: 'a b', ...end }) }),
  'one label twice': asl({
    A: distributed({ Label: 'l', Next: 'B' }),
    B: {
      ...distributed({ Label: 'l', ...end }, { J: pass }),
      ItemProcessor: { StartAt: 'J', States: { J: pass } },
    },
  }),
  'an outer variable’s name inside': asl({
    A: { Type: 'Pass', Assign: { x: 1 }, Next: 'B' },
    B: {
      Type: 'Parallel',
      Branches: [{ StartAt: 'C', States: { C: { ...pass, Assign: { x: 2 } } } }],
      ...end,
    },
  }),
  'a variable name that is too long': asl({ A: { ...pass, Assign: { [`v${'x'.repeat(80)}`]: 1 } } }),
  'a delay below the interval': asl({
    A: { ...invoke, Retry: [{ ErrorEquals: ['X'], IntervalSeconds: 9, MaxDelaySeconds: 5 }] },
  }),
  'CSV without the place of its header': asl({
    A: distributed({
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'CSV' },
        Arguments: { Bucket: 'b', Key: 'k' },
      },
      ...end,
    }),
  }),
  'a callback in Express children': asl({
    A: {
      ...distributed(end),
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
        StartAt: 'I',
        States: {
          I: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', ...end },
        },
      },
    },
  }),
  'an unknown argument': asl({ A: { ...invoke, Arguments: { FunctionName: 'f', Colour: 'red' } } }),
  'an unknown argument beside an expression': asl({
    A: { ...invoke, Arguments: { FunctionName: '{% $states.input.f %}', Colour: 'red' } },
  }),
  'a missing argument': asl({ A: { ...invoke, Arguments: {} } }),
  'a version that is not there': asl({ A: pass }, { Version: '2.0' }),
  'a number as an error’s name': asl({ A: { Type: 'Fail', Error: 5 } }),
  'a heartbeat as long as the time-out': asl({
    A: {
      ...invoke,
      Resource: `${invoke.Resource}.waitForTaskToken`,
      TimeoutSeconds: 60,
      HeartbeatSeconds: 60,
    },
  }),
  'a schema fault and an unreachable state': asl({ A: { ...pass, X: 1 }, B: pass }),
};

export const definitionFaultCases: readonly CallCase[] = [
  {
    id: 'stepfunctions/definition-faults',
    title: 'Faults of definitions whose words are not known',
    service: 'stepfunctions',
    asks: 'codes, texts and places for faults that the guide names and nobody has recorded',
    assumed: 'a fault each, in words made after those that are known',
    cost: { usd: 0, minutes: 1 },
    async run(aws) {
      const answers: Record<string, Json> = {};
      for (const [reason, definition] of Object.entries(faults)) {
        const { result, diagnostics } = await aws
          .client(SFNClient)
          .send(new ValidateStateMachineDefinitionCommand({ definition, type: 'STANDARD' }));
        const told = diagnostics!.map(({ code, message, location }) => `${code}: ${message} at ${location}`);
        answers[reason] = { result: result!, told };
      }
      return answers;
    },
  },
  {
    id: 'stepfunctions/test-state-mocks',
    title: 'Mocks that TestState has to judge',
    service: 'stepfunctions',
    asks: 'what TestState says to jobs without a mock, and to mocks of `.sync` tasks and callbacks',
    assumed: '`.sync` is judged by the description’s shape, a callback by nothing',
    cost: { usd: 0.0005, minutes: 1 },
    needs: anyMachine,
    async run(aws) {
      const trial = async (pattern: string, result?: object): Promise<Json> => {
        const definition = JSON.stringify({
          QueryLanguage: 'JSONata',
          Type: 'Task',
          Resource: `arn:aws:states:::${pattern}`,
          Arguments: '{% $states.input %}',
          ...end,
        });
        const roleArn = aws.role('machine');
        const mock = result && { mock: { result: JSON.stringify(result) } };
        return aws.refusal(
          aws.client(SFNClient).send(new TestStateCommand({ definition, roleArn, ...mock })),
        );
      };
      const described = {
        ExecutionArn: 'a',
        StateMachineArn: 'm',
        StartDate: 'd',
        Status: 'SUCCEEDED',
        Output: { a: 1 },
      };
      return {
        jobWithoutMock: await trial('states:startExecution.sync:2'),
        emptyDescription: await trial('sagemaker:createTrainingJob.sync', {}),
        parsedOutput: await trial('states:startExecution.sync:2', described),
        textOfJob: await trial('states:startExecution.sync', described),
        callback: await trial('sqs:sendMessage.waitForTaskToken', { any: true }),
        noObject: await trial('sqs:sendMessage', [1]),
      };
    },
  },
];
