import { describe, expect, test } from '@jest/globals';
import { completeCodePipelineJob } from '../../functions/complete-codepipeline-job/complete-codepipeline-job.ts';
import {
  type Answer,
  type Doors,
  type Execution,
  PermissionDenied,
} from '../../functions/complete-codepipeline-job/doors.ts';

const executionArn = 'arn:aws:states:eu-west-1:123456789012:execution:release:codepipeline-j-1';
const parameters = { pipeline: 'flight-delay', pipelineExecutionId: 'e-1' };

interface Given {
  readonly userParameters?: string | undefined;
  readonly continuationToken?: string;
  readonly execution?: Partial<Execution>;
  readonly doors?: Partial<Doors>;
}

/** One call of a job, and what was done for it. */
const completed = async ({ continuationToken, execution, doors, ...given }: Given = {}) => {
  const started: [string, object][] = [];
  const answered: [string, Answer][] = [];
  const UserParameters = 'userParameters' in given ? given.userParameters : JSON.stringify(parameters);
  const data = {
    actionConfiguration: { configuration: { ...(UserParameters !== undefined && { UserParameters }) } },
    ...(continuationToken !== undefined && { continuationToken }),
  };
  await completeCodePipelineJob(
    { id: 'j-1', data },
    {
      start: async (name, request) => {
        started.push([name, request]);
        return executionArn;
      },
      look: async (arn) => ({ executionArn: arn, status: 'RUNNING', ...execution }),
      answer: async (jobId, answer) => {
        answered.push([jobId, answer]);
      },
      ...doors,
    },
  );
  expect(answered).toHaveLength(1);
  expect(answered[0]![0]).toBe('j-1');
  return { started, answer: answered[0]![1] };
};

const ended = (outcome: object): Partial<Execution> => ({
  status: 'SUCCEEDED',
  output: JSON.stringify({ release: { id: 'r-1' }, reasons: [], ...outcome }),
});

describe('the first call', () => {
  test('starts the release under the job’s name and asks to be called again', async () => {
    const { started, answer } = await completed();

    expect(started).toEqual([
      [
        'codepipeline-j-1',
        {
          pipeline: 'flight-delay',
          trigger: {
            kind: 'codepipeline',
            detail: 'CodePipeline execution e-1',
            pipelineExecutionId: 'e-1',
          },
        },
      ],
    ]);
    expect(answer).toEqual({
      kind: 'going-on',
      continuationToken: executionArn,
      summary: 'Release codepipeline-j-1 is running',
    });
  });

  test('hands on what else is asked, and may name the intent', async () => {
    const asked = {
      pipeline: 'flight-delay',
      intent: 'nightly/1',
      commit: 'a'.repeat(40),
      by: 'ci',
      overrides: { train: { hyperparameters: { epochs: 2 } } },
      fresh: true,
    };

    const { started } = await completed({ userParameters: JSON.stringify(asked) });

    const { commit, by, ...request } = asked;
    expect(started[0]![1]).toEqual({
      ...request,
      trigger: { kind: 'codepipeline', detail: 'CodePipeline', commit, by },
    });
  });

  test.each([
    [undefined, '$ is not JSON'],
    ['flight-delay', '$ is not JSON'],
    ['[]', '$ is []'],
    ['{"pipelineExecutionId":"e-1"}', '$.pipeline is missing'],
    [
      '{"pipeline":"flight-delay"}',
      '$.pipelineExecutionId is missing; write "#{codepipeline.PipelineExecutionId}"',
    ],
    [
      '{"pipeline":"flight-delay","pipelineExecutionId":"#{codepipeline.PipelineExecutionId}"}',
      '$.pipelineExecutionId is "#{codepipeline.P',
    ],
    ['{"pipeline":"flight-delay","pipelineExecutionId":"e-1","comit":"a"}', 'did you mean commit?'],
    ['{"pipeline":"flight-delay","pipelineExecutionId":"e-1","fresh":"yes"}', '$.fresh is "yes"'],
  ])('refuses parameters with the path of the field: %s', async (userParameters, message) => {
    const { started, answer } = await completed({ userParameters });

    expect(started).toEqual([]);
    expect(answer).toMatchObject({ kind: 'failure', type: 'ConfigurationError' });
    expect((answer as { message: string }).message).toContain(message);
  });
});

describe('a later call', () => {
  const later = (execution: Partial<Execution>) => completed({ continuationToken: executionArn, execution });

  test.each(['RUNNING', 'PENDING_REDRIVE'])(
    'goes on while the release is %s, and starts nothing',
    async (status) => {
      const { started, answer } = await later({ status });

      expect(started).toEqual([]);
      expect(answer).toMatchObject({ kind: 'going-on', continuationToken: executionArn });
    },
  );

  test.each(['LIVE', 'DELIVERED'])('ends well when the release is %s', async (outcome) => {
    const endpoint = { name: 'flight-delay', intendedConfig: 'c-1', servedConfig: 'c-1' };

    const { answer } = await later(ended({ outcome, ...(outcome === 'LIVE' && { endpoint }) }));

    expect(answer).toEqual({
      kind: 'success',
      executionArn,
      summary: `Release r-1 is ${outcome}`,
      outputVariables: {
        outcome,
        release: 'r-1',
        ...(outcome === 'LIVE' && { endpoint: 'flight-delay', config: 'c-1' }),
      },
    });
  });

  test.each(['REJECTED', 'ROLLED_BACK', 'SUPERSEDED', 'FAILED'])(
    'fails when it is %s, with the reasons',
    async (outcome) => {
      const { answer } = await later(ended({ outcome, reasons: ['auc is too low.', 'So is recall.'] }));

      expect(answer).toEqual({
        kind: 'failure',
        type: 'JobFailed',
        message: `Release r-1 is ${outcome}: auc is too low. So is recall.`,
        executionArn,
      });
    },
  );

  test.each([
    [
      { status: 'FAILED', error: 'TrainingFailedError', cause: 'exit 1' },
      'is FAILED: TrainingFailedError: exit 1',
    ],
    [{ status: 'ABORTED' }, 'Release codepipeline-j-1 is ABORTED'],
    [{ status: 'TIMED_OUT' }, 'is TIMED_OUT'],
    [{ status: 'SUCCEEDED', output: '{}' }, 'ended without an outcome'],
  ])('fails when the execution ended otherwise: %j', async (execution, message) => {
    const { answer } = await later(execution);

    expect(answer).toMatchObject({ kind: 'failure', type: 'JobFailed' });
    expect((answer as { message: string }).message).toContain(message);
  });
});

test('what the role may not do is told as such', async () => {
  const start = async (): Promise<string> => {
    throw new PermissionDenied('not authorized to perform: states:StartExecution');
  };

  const { answer } = await completed({ doors: { start } });

  expect(answer).toMatchObject({ kind: 'failure', type: 'PermissionError' });
});

test('what may pass is left to Lambda, which calls again', async () => {
  const look = async (): Promise<Execution> => {
    throw new Error('Rate exceeded');
  };

  await expect(completed({ doors: { look } })).rejects.toThrow('Rate exceeded');
});
