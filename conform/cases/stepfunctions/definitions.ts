import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeStateMachineCommand,
  ListTagsForResourceCommand,
  SFNClient,
  TagResourceCommand,
  TestStateCommand,
  UntagResourceCommand,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import type { CallCase, Json } from '../../case.ts';
import { anyMachine, asl, makeMachine } from './machines.ts';

const done = asl({ Done: { Type: 'Succeed' } });

/** What is wrong with it, by the reason it is here. */
const broken: Readonly<Record<string, string>> = {
  'a target that is not there': asl({ One: { Type: 'Pass', Next: 'Two' } }),
  'a state that nobody reaches': asl({ One: { Type: 'Succeed' }, Two: { Type: 'Succeed' } }),
  'a condition that is not JSONata': asl({
    Ask: { Type: 'Choice', Choices: [{ Condition: '{% 1 + %}', Next: 'Done' }], Default: 'Done' },
    Done: { Type: 'Succeed' },
  }),
  'a field of the other language': asl({ One: { Type: 'Pass', ResultPath: '$.a', End: true } }),
  'no JSON': '{',
};

export const definitionCases: readonly CallCase[] = [
  {
    id: 'stepfunctions/validate-definition',
    title: 'A definition is refused with the place and the reason of each fault',
    service: 'stepfunctions',
    asks: 'the codes, places and texts of ValidateStateMachineDefinition',
    assumed: 'a fault each, with AWS’s recorded texts',
    cost: { usd: 0, minutes: 1 },
    async run(aws) {
      const answers: Record<string, Json> = {};
      for (const [reason, definition] of Object.entries(broken)) {
        const { result, diagnostics } = await aws
          .client(SFNClient)
          .send(new ValidateStateMachineDefinitionCommand({ definition, type: 'STANDARD' }));
        answers[reason] = {
          result: result!,
          diagnostics: diagnostics!.map(({ severity, code, message, location }) => ({
            severity: severity!,
            code: code!,
            message: message!,
            ...(location !== undefined && { location }),
          })),
        };
      }
      return answers;
    },
  },
  {
    id: 'stepfunctions/create-names-and-repeats',
    title: 'A machine is made once, again with the same words, and not with others',
    service: 'stepfunctions',
    asks: 'name rules, and what a second CreateStateMachine of the same name answers',
    assumed:
      'the same words give the same ARN, others are `StateMachineAlreadyExists`; a name with a space is `InvalidName`',
    cost: { usd: 0, minutes: 1 },
    needs: anyMachine,
    async run(aws) {
      const sfn = aws.client(SFNClient);
      const roleArn = aws.role('machine');
      const create = async (name: string, definition: string): Promise<void> => {
        const { stateMachineArn } = await sfn.send(
          new CreateStateMachineCommand({ name, definition, roleArn }),
        );
        aws.later(`state machine ${name}`, () =>
          sfn.send(new DeleteStateMachineCommand({ stateMachineArn })),
        );
      };
      const first = await makeMachine(aws, done);
      const again = await sfn.send(
        new CreateStateMachineCommand({
          name: aws.name('machine'),
          definition: done,
          roleArn,
          tags: aws.tags.map(({ Key, Value }) => ({ key: Key, value: Value })),
        }),
      );
      return {
        sameArn: again.stateMachineArn === first,
        otherDefinition: await aws.refusal(create(aws.name('machine'), asl({ Other: { Type: 'Succeed' } }))),
        nameWithSpace: await aws.refusal(create(`${aws.prefix} a`, done)),
        nameTooLong: await aws.refusal(create('x'.repeat(81), done)),
        noDefinition: await aws.refusal(create(aws.name('none'), '{')),
      };
    },
  },
  {
    id: 'stepfunctions/update-and-delete',
    title: 'A machine is changed, and is gone after it was deleted',
    service: 'stepfunctions',
    asks: 'revisions after an update, and what is answered about machines that are not there',
    assumed:
      'a new revision per update; deleting twice is no error; describing is `StateMachineDoesNotExist`',
    cost: { usd: 0, minutes: 3 },
    needs: anyMachine,
    async run(aws) {
      const sfn = aws.client(SFNClient);
      const stateMachineArn = await makeMachine(aws, done);
      const before = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
      await sfn.send(
        new UpdateStateMachineCommand({ stateMachineArn, definition: asl({ Other: { Type: 'Succeed' } }) }),
      );
      const after = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
      await sfn.send(new DeleteStateMachineCommand({ stateMachineArn }));
      const gone = await aws.until(
        'the machine is gone',
        async () => {
          const refusal = await aws.refusal(sfn.send(new DescribeStateMachineCommand({ stateMachineArn })));
          return refusal === 'accepted' ? undefined : refusal;
        },
        { minutes: 5 },
      );
      return {
        before: { status: before.status!, type: before.type!, hasRevision: before.revisionId !== undefined },
        after: { hasRevision: after.revisionId !== undefined },
        gone,
        deletedAgain: await aws.refusal(sfn.send(new DeleteStateMachineCommand({ stateMachineArn }))),
      };
    },
  },
  {
    id: 'stepfunctions/tags',
    title: 'Tags are added, listed and taken away',
    service: 'stepfunctions',
    asks: 'the order of listed tags, and tagging of what is not there',
    assumed: 'in the order in which they were given; `ResourceNotFound`',
    cost: { usd: 0, minutes: 1 },
    needs: anyMachine,
    async run(aws) {
      const sfn = aws.client(SFNClient);
      const resourceArn = await makeMachine(aws, done);
      await sfn.send(
        new TagResourceCommand({
          resourceArn,
          tags: [
            { key: 'b', value: '1' },
            { key: 'a', value: '' },
          ],
        }),
      );
      const listed = await sfn.send(new ListTagsForResourceCommand({ resourceArn }));
      await sfn.send(new UntagResourceCommand({ resourceArn, tagKeys: ['b', 'never'] }));
      const left = await sfn.send(new ListTagsForResourceCommand({ resourceArn }));
      return {
        listed: listed.tags!.map(({ key }) => key!),
        left: left.tags!.map(({ key }) => key!),
        missing: await aws.refusal(
          sfn.send(new ListTagsForResourceCommand({ resourceArn: `${resourceArn}-gone` })),
        ),
      };
    },
  },
  {
    id: 'stepfunctions/test-state',
    title: 'One state is tried without a machine',
    service: 'stepfunctions',
    asks: 'what TestState answers for a Pass, a Choice, a failing query and a mocked task that is caught',
    assumed: '`SUCCEEDED` with output and next state, `FAILED`, `CAUGHT_ERROR`',
    cost: { usd: 0.0005, minutes: 1 },
    needs: anyMachine,
    async run(aws) {
      const sfn = aws.client(SFNClient);
      const roleArn = aws.role('machine');
      const state = (definition: object) => JSON.stringify({ QueryLanguage: 'JSONata', ...definition });
      const trial = async (input: ConstructorParameters<typeof TestStateCommand>[0]): Promise<Json> => {
        const { status, output, error, cause, nextState } = await sfn.send(
          new TestStateCommand(input.mock ? input : { ...input, roleArn }),
        );
        return JSON.parse(JSON.stringify({ status, output, error, cause, nextState })) as Json;
      };
      return {
        pass: await trial({
          definition: state({ Type: 'Pass', Output: '{% $states.input.a + 1 %}', Next: 'On' }),
          input: '{"a":1}',
        }),
        choice: await trial({
          definition: state({
            Type: 'Choice',
            Choices: [{ Condition: '{% $states.input.a > 0 %}', Next: 'More' }],
            Default: 'Less',
          }),
          input: '{"a":0}',
        }),
        query: await trial({
          definition: state({ Type: 'Pass', Output: '{% $states.input.a.b + "x" %}', End: true }),
          input: '{}',
        }),
        caught: await trial({
          definition: state({
            Type: 'Task',
            Resource: 'arn:aws:states:::sqs:sendMessage',
            Arguments: { QueueUrl: 'https://example.invalid/queue', MessageBody: 'x' },
            Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
            End: true,
          }),
          input: '{}',
          mock: { errorOutput: { error: 'Sqs.SqsException', cause: 'made up' } },
        }),
      };
    },
  },
];
