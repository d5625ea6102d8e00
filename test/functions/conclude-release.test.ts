import fc from 'fast-check';
import { concludeRelease } from '../../functions/conclude-release/conclude-release.ts';
import { endExecution } from '../../functions/conclude-release/end-execution.ts';
import { readFailure } from '../../functions/conclude-release/read-failure.ts';
import { check } from '../../functions/shared/check.ts';
import type { ConcludeRequest } from '../../functions/shared/generated/contracts.ts';
import conclusionContract from '../../functions/shared/generated/schemas/conclude-release.result.json' with {
  type: 'json',
};
import { checked } from './support/requests.ts';

const request = (changes: Partial<ConcludeRequest> = {}): ConcludeRequest => ({
  release: checked().release as unknown as ConcludeRequest['release'],
  turn: null,
  training: null,
  compilation: null,
  verdict: null,
  package: null,
  approval: null,
  deployment: null,
  failure: null,
  endedAt: '2026-03-02T10:00:00.000Z',
  ...changes,
});

const deployment = (outcome: 'LIVE' | 'ROLLED_BACK' | 'FAILED', reasons: string[] = []) => ({
  outcome,
  endpoint: 'flight-delay',
  intendedConfig: 'new',
  servedConfig: outcome === 'LIVE' ? 'new' : 'old',
  reasons,
});

describe('a release is concluded', () => {
  test('as LIVE when the deployment was proved', () => {
    const { outcome, notice } = concludeRelease(request({ deployment: deployment('LIVE') }));

    expect(outcome).toMatchObject({
      outcome: 'LIVE',
      reasons: [],
      endpoint: { servedConfig: 'new', intendedConfig: 'new' },
    });
    expect(notice.subject).toBe('Signalbox: flight-delay LIVE');
    expect(notice.message).not.toContain('Commit');
  });

  test('with the commit that asked for it', () => {
    const asked = request({ deployment: deployment('LIVE') });

    const { notice } = concludeRelease({ ...asked, release: { ...asked.release, commit: '0f1e2d3c4b5a' } });

    expect(notice.message).toContain('\nCommit 0f1e2d3c4b5a.\n');
  });

  test('as ROLLED_BACK with the alarm’s own words', () => {
    const { outcome, notice } = concludeRelease(
      request({ deployment: deployment('ROLLED_BACK', ['errors rang: 3 datapoints']) }),
    );

    expect(outcome).toMatchObject({ outcome: 'ROLLED_BACK', reasons: ['errors rang: 3 datapoints'] });
    expect(notice.message).toContain('Endpoint flight-delay serves old; meant was new.');
  });

  test('as FAILED with the one who can act on a job, by the state that ran it', () => {
    const failure = {
      Error: 'States.TaskFailed',
      Cause: '{"ProcessingJobName":"one","ExitMessage":"no rows"}',
      State: 'Process the data',
    };

    const { notice } = concludeRelease(request({ failure }));

    expect(notice.message).toContain('- Process the data: no rows (job one)');
    expect(notice.message).toContain(
      'Who can act: Whoever wrote the processing container or delivered its data',
    );
  });

  test('within its contract when the request that started it was refused', () => {
    const failure = { Error: 'RequestRefusedError', Cause: '$.trigger.kind is 7', State: 'Check request' };
    const release = { ...request().release, id: `My_Try.${'x'.repeat(70)}`, trigger: { kind: 7 } };

    const conclusion = concludeRelease(request({ failure, release: release as never }));

    expect(check(conclusionContract, conclusion)).toEqual([]);
    expect(conclusion.notice.message).toContain('by an unknown signal, ended');
  });

  test('as FAILED with the state, the reason and who can act', () => {
    const failure = {
      Error: 'PlanRefusedError',
      Cause: '{"errorType":"PlanRefusedError","errorMessage":"$.deploy.shift is wrong"}',
      State: 'Plan release',
    };

    const { outcome, notice } = concludeRelease(request({ failure }));

    expect(outcome).toMatchObject({
      outcome: 'FAILED',
      reasons: ['Plan release: $.deploy.shift is wrong'],
      failure: { error: 'PlanRefusedError', cause: '$.deploy.shift is wrong', state: 'Plan release' },
    });
    expect(notice.message).toContain('Who can act: The author of the pipeline');
  });

  test('within its contract, whatever the failure says', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ maxLength: 5000 }), (error, cause) => {
        const failure = { Error: error, Cause: cause, State: 'Any state' };
        const conclusion = concludeRelease(request({ failure }));

        expect(check(conclusionContract, conclusion)).toEqual([]);
      }),
    );
  });
});

describe('what else is worth knowing', () => {
  const uncompiled = {
    compiled: false,
    jobName: 'r-compile-r0',
    modelDataUrl: 's3://signalbox-artifacts/flight-delay/model.tar.gz',
    reason: 'ClientError: OperatorNotImplemented (job r-compile-r0)',
    seconds: 0,
  };
  const fallback = `The model could not be compiled, so the uncompiled one went on: ${uncompiled.reason}`;

  test('is told beside the outcome, first of all that the model was not compiled', () => {
    const watched = 'Watched until tomorrow.';
    const live = { ...deployment('LIVE'), notes: [watched] };

    const { outcome, notice } = concludeRelease(request({ compilation: uncompiled, deployment: live }));

    expect(outcome).toMatchObject({ outcome: 'LIVE', compilation: uncompiled, notes: [fallback, watched] });
    expect(notice.message).toContain(`\nNote: ${fallback}\nNote: ${watched}\n`);
    expect(check(conclusionContract, { outcome, notice })).toEqual([]);
  });

  test('is nothing where all went as it was meant', () => {
    const compiled = { ...uncompiled, compiled: true, image: 'an image', reason: '', seconds: 300 };

    const { outcome, notice } = concludeRelease(
      request({ compilation: compiled, deployment: { ...deployment('LIVE'), notes: [] } }),
    );

    expect(outcome).toMatchObject({ compilation: compiled });
    expect(outcome).not.toHaveProperty('notes');
    expect(notice.message).not.toContain('Note:');
  });

  test('is told of a release that failed afterwards, too', () => {
    const failure = { Error: 'States.TaskFailed', Cause: '{}', State: 'Evaluate the candidates' };

    expect(concludeRelease(request({ compilation: uncompiled, failure })).notice.message).toContain(fallback);
  });
});

describe('a release that did not come to its deployment is concluded', () => {
  test('as SUPERSEDED when a newer one has the turn', () => {
    const turn = { taken: false, outcome: 'SUPERSEDED', reason: 'a newer release is live' };

    const { outcome, notice } = concludeRelease(request({ turn }));

    expect(outcome).toMatchObject({ outcome: 'SUPERSEDED', reasons: ['a newer release is live'] });
    expect(notice.message).toContain('was superseded: a newer one goes first.');
  });

  test('as REJECTED in the words of who said no, or because nobody spoke', () => {
    const approval = { approved: false, reason: 'drifts on weekends', by: 'ada' };

    expect(concludeRelease(request({ approval })).outcome).toMatchObject({
      outcome: 'REJECTED',
      reasons: ['drifts on weekends'],
      decidedBy: 'ada',
    });
    expect(concludeRelease(request({ approval: { approved: false } })).outcome.reasons).toEqual([
      'Nobody approved.',
    ]);
  });

  test('as FAILED when something broke, whatever was known by then', () => {
    const failure = { Error: 'States.TaskFailed', Cause: '{}', State: 'Evaluate the candidates' };

    const { outcome } = concludeRelease(request({ failure, approval: { approved: true } }));

    expect(outcome).toMatchObject({ outcome: 'FAILED', failure: { error: 'EvaluationFailedError' } });
  });
});

describe('an execution is ended', () => {
  const outcome = (name: string, error?: string) => ({
    outcome: name,
    reasons: ['It was so.', 'And so.'],
    ...(error !== undefined && { failure: { error } }),
  });
  const thrown = (known: ReturnType<typeof outcome>): Error => {
    try {
      endExecution({ outcome: known, isRedriven: false });
    } catch (error) {
      return error as Error;
    }
    throw new Error('nothing was thrown');
  };

  test('under the name of what broke, with every reason', () => {
    expect(thrown(outcome('FAILED', 'TrainingFailedError'))).toMatchObject({
      name: 'TrainingFailedError',
      message: 'It was so. And so.',
    });
  });

  test.each([
    ['REJECTED', undefined, 'ReleaseREJECTED'],
    ['FAILED', undefined, 'ReleaseFAILED'],
    ['FAILED', 'States.Timeout', 'ReleaseFAILED'],
    ['FAILED', 'Lambda.ServiceException', 'ReleaseFAILED'],
  ])('%s with the error %s under the name %3$s', (name, error, expected) => {
    expect(thrown(outcome(name, error)).name).toBe(expected);
  });

  test('not again when it was redriven since', () => {
    expect(endExecution({ outcome: outcome('FAILED'), isRedriven: true })).toEqual({});
  });
});

describe('the reason of a failure is read', () => {
  test('out of a build, with its phase and its log', () => {
    const Build = {
      Id: 'image:1',
      BuildStatus: 'FAILED',
      Logs: { DeepLink: 'https://logs' },
      Phases: [
        { PhaseType: 'INSTALL', PhaseStatus: 'SUCCEEDED' },
        { PhaseType: 'BUILD', PhaseStatus: 'FAILED', Contexts: [{ Message: 'exit status 1' }] },
      ],
    };
    const read = readFailure({
      Error: 'States.TaskFailed',
      Cause: JSON.stringify({ Build }),
      State: 'Build the image',
    });

    expect(read).toEqual({
      error: 'BuildFailedError',
      cause: 'The build image:1 ended as FAILED in its phase BUILD: exit status 1. Log: https://logs',
      state: 'Build the image',
    });
  });

  const failure = (Cause: string) =>
    readFailure({ Error: 'States.TaskFailed', Cause, State: 'Train the challenger' });

  test('out of a job’s description', () => {
    expect(failure('{"TrainingJobName":"t-1","FailureReason":"AlgorithmError: no rows"}').cause).toBe(
      'AlgorithmError: no rows (job t-1)',
    );
  });

  test('out of a processing job’s own message rather than SageMaker’s pointer to it', () => {
    const cause =
      '{"ProcessingJobName":"p-1","FailureReason":"AlgorithmError: See job logs","ExitMessage":"row 7 has no date"}';

    expect(failure(cause).cause).toBe('row 7 has no date (job p-1)');
  });

  test('through a child execution down to the job', () => {
    const job = JSON.stringify({ TrainingJobName: 't-1', FailureReason: 'AlgorithmError: "quoted" text' });
    const child = JSON.stringify({
      ExecutionArn: 'arn',
      Status: 'FAILED',
      Error: 'TrainingFailedError',
      Cause: job,
    });

    expect(failure(child)).toMatchObject({
      error: 'TrainingFailedError',
      cause: 'AlgorithmError: "quoted" text (job t-1)',
    });
  });

  test('out of JSON that was cut off', () => {
    expect(
      failure(`{"FailureReason":"ClientError: no such image","Environment":{"A":"${'b'.repeat(100)}`).cause,
    ).toBe('ClientError: no such image');
  });

  test('as it is when it is plain text', () => {
    expect(failure('Rate exceeded (Service: SageMaker)').cause).toBe('Rate exceeded (Service: SageMaker)');
  });

  test('as missing when there is none', () => {
    expect(failure('').cause).toBe('States.TaskFailed, without a reason');
  });
});
