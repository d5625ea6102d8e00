import { CodePipelineClient, StopPipelineExecutionCommand } from '@aws-sdk/client-codepipeline';
import {
  DeleteStateMachineVersionCommand,
  PublishStateMachineVersionCommand,
  SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { CallCase } from '../../case.ts';
import { makeFunction } from '../lambda/functions.ts';
import { asl, latestOf, makeMachine } from '../stepfunctions/machines.ts';
import { endOfAction, pipelineAllowances, pipelineCost, runPipeline } from './pipelines.ts';

const stepFunctions = { category: 'Invoke', owner: 'AWS', provider: 'StepFunctions', version: '1' } as const;
const needs = { roles: { machine: [], pipeline: pipelineAllowances } } as const;

/** Answers the first call with a token, tells the time of both in the summary of the second. */
const patientFunction = `
const { CodePipelineClient, PutJobSuccessResultCommand } = require('@aws-sdk/client-codepipeline');
exports.handler = async (event) => {
  const { id, data } = event['CodePipeline.job'];
  const before = data.continuationToken;
  const more = before === undefined
    ? { continuationToken: String(Date.now()) }
    : { executionDetails: { summary: String(Math.round((Date.now() - Number(before)) / 1000)) } };
  await new CodePipelineClient({}).send(new PutJobSuccessResultCommand({ jobId: id, ...more }));
};`;

export const pipelineCases: readonly CallCase[] = [
  {
    id: 'codepipeline/machine-by-version',
    title: 'A pipeline’s action names a version of a machine',
    service: 'codepipeline',
    asks: 'whether the Step Functions action takes the ARN of a version',
    assumed: 'pipelines are not modelled',
    cost: pipelineCost,
    needs,
    async run(aws) {
      const sfn = aws.client(SFNClient);
      const machine = await makeMachine(aws, asl({ Done: { Type: 'Succeed' } }));
      const { stateMachineVersionArn } = await sfn.send(
        new PublishStateMachineVersionCommand({ stateMachineArn: machine }),
      );
      aws.later('version of the machine', () =>
        sfn.send(new DeleteStateMachineVersionCommand({ stateMachineVersionArn })),
      );
      const { name } = await runPipeline(aws, {
        actionTypeId: stepFunctions,
        configuration: { StateMachineArn: stateMachineVersionArn! },
      });
      const ended = await endOfAction(aws, name);
      return { status: ended.status!, error: ended.errorDetails?.message ?? null };
    },
  },
  {
    id: 'codepipeline/stopping-leaves-the-execution',
    title: 'A pipeline is stopped while its machine runs',
    service: 'codepipeline',
    asks: 'whether stopping a pipeline stops the execution that its action started',
    assumed: 'pipelines are not modelled',
    cost: pipelineCost,
    needs,
    async run(aws) {
      const sfn = aws.client(SFNClient);
      const machine = await makeMachine(aws, asl({ Wait: { Type: 'Wait', Seconds: 1_800, End: true } }));
      const { name, executionId } = await runPipeline(aws, {
        actionTypeId: stepFunctions,
        configuration: { StateMachineArn: machine },
      });
      const latest = () => latestOf(aws, machine);
      const { executionArn } = await aws.until('the execution runs', latest, { minutes: 10 });
      aws.later('execution of the machine', () => sfn.send(new StopExecutionCommand({ executionArn })));
      await aws.client(CodePipelineClient).send(
        new StopPipelineExecutionCommand({
          pipelineName: name,
          pipelineExecutionId: executionId,
          abandon: true,
        }),
      );
      await aws.sleep(60);
      return { aMinuteLater: (await latest())!.status! };
    },
  },
  {
    id: 'codepipeline/continuation-interval',
    title: 'A function that asks CodePipeline to call again',
    service: 'codepipeline',
    asks: 'after how many seconds a job with a continuation token comes back',
    assumed: 'pipelines cannot be made by a call here',
    cost: pipelineCost,
    needs: {
      roles: {
        pipeline: pipelineAllowances,
        function: [
          {
            Action: ['codepipeline:PutJobSuccessResult', 'codepipeline:PutJobFailureResult'],
            Resource: '*',
          },
        ],
      },
    },
    async run(aws) {
      const FunctionName = await makeFunction(aws, patientFunction);
      const { name } = await runPipeline(aws, {
        actionTypeId: { category: 'Invoke', owner: 'AWS', provider: 'Lambda', version: '1' },
        configuration: { FunctionName },
      });
      const ended = await endOfAction(aws, name);
      return { status: ended.status!, seconds: ended.summary ?? null };
    },
  },
];
