import {
  CodePipelineClient,
  InvalidJobStateException,
  PutJobFailureResultCommand,
  PutJobSuccessResultCommand,
} from '@aws-sdk/client-codepipeline';
import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { type Answer, type Doors, PermissionDenied } from './doors.ts';

/** Source: API model of CodePipeline. */
const LONGEST_MESSAGE = 5000;
const LONGEST_SUMMARY = 2048;

/**
 * The doors to AWS, by the names that the stack gives the function.
 *
 * @throws Error naming a variable that is not set
 */
export function awsDoors(env: NodeJS.ProcessEnv): Doors {
  const machine = env.RELEASE_STATE_MACHINE_ARN;
  if (machine === undefined) {
    throw new Error('The environment variable RELEASE_STATE_MACHINE_ARN is not set.');
  }
  const sfn = new SFNClient({});
  const codepipeline = new CodePipelineClient({});
  return {
    start: (name, request) =>
      permitted(async () => {
        const input = JSON.stringify(request);
        try {
          const { executionArn } = await sfn.send(
            new StartExecutionCommand({ stateMachineArn: machine, name, input }),
          );
          return executionArn!;
        } catch (error) {
          // This call came twice, and its release has ended already.
          if (!(error instanceof ExecutionAlreadyExists)) throw error;
          return `${machine.replace(':stateMachine:', ':execution:')}:${name}`;
        }
      }),

    look: (executionArn) =>
      permitted(async () => {
        const { status, output, error, cause } = await sfn.send(
          new DescribeExecutionCommand({ executionArn }),
        );
        return { executionArn, status: status!, output, error, cause };
      }),

    async answer(jobId, answer) {
      try {
        await codepipeline.send(command(jobId, answer) as PutJobSuccessResultCommand);
      } catch (error) {
        if (!(error instanceof InvalidJobStateException)) throw error;
      }
    },
  };
}

function command(jobId: string, answer: Answer): PutJobSuccessResultCommand | PutJobFailureResultCommand {
  switch (answer.kind) {
    case 'going-on': {
      const { continuationToken, summary } = answer;
      const executionDetails = { summary, externalExecutionId: continuationToken };
      return new PutJobSuccessResultCommand({ jobId, continuationToken, executionDetails });
    }
    case 'success': {
      const { outputVariables, executionArn } = answer;
      const summary = answer.summary.slice(0, LONGEST_SUMMARY);
      const executionDetails = { summary, externalExecutionId: executionArn, percentComplete: 100 };
      return new PutJobSuccessResultCommand({ jobId, outputVariables, executionDetails });
    }
    case 'failure': {
      const { type, executionArn } = answer;
      const message = answer.message.slice(0, LONGEST_MESSAGE);
      const failureDetails = { type, message, externalExecutionId: executionArn };
      return new PutJobFailureResultCommand({ jobId, failureDetails });
    }
  }
}

async function permitted<Result>(act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    const { name, message } = error as Error;
    throw name === 'AccessDeniedException' ? new PermissionDenied(message) : error;
  }
}
