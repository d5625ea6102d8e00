import type { ApprovalRequest } from '../../functions/shared/generated/contracts.ts';
import { writeQuestion } from '../../functions/write-question/write-question.ts';

const packageArn = 'arn:aws:sagemaker:eu-west-1:123456789012:model-package/flight-delay/7';
const executionArn = 'arn:aws:states:eu-west-1:123456789012:execution:signalbox-prod-release:one';

const request = (change: Partial<ApprovalRequest> = {}): ApprovalRequest => ({
  release: {
    id: 'flight-delay-2603020900-3f9a1c42',
    pipeline: 'flight-delay',
    trigger: { kind: 'data', detail: 's3://data/flights.json', by: 'a colleague' },
    executionArn,
    startedAt: '2026-03-02T09:00:00.000Z',
    failUnlessLive: false,
    intent: 'flight-delay/data/1',
    rank: '2026-03-02T09:00:00.000Z#3f9a1c42',
    fresh: false,
    policy: 'newest',
  },
  packageArn,
  windowHours: 72,
  deadline: '2026-03-05T09:31:00.000Z',
  verdict: {
    passed: true,
    reasons: [],
    gates: [
      {
        metric: 'auc',
        rule: 'auc at least 0.6',
        passed: true,
        reason: 'auc 0.71 is not below the floor of 0.6',
      },
    ],
    challenger: { schemaVersion: 1, rows: 4000, metrics: { auc: 0.71234567, logLoss: 0.4 } },
    champion: { schemaVersion: 1, rows: 4000, metrics: { auc: 0.7 } },
  },
  ...change,
});

const withExecution = (arn: string) => request({ release: { ...request().release, executionArn: arn } });

test('tells who asked, until when, and what silence means', () => {
  const { subject, message, waitingFor } = writeQuestion(request());

  expect(subject).toBe('Signalbox: flight-delay needs an approval');
  expect(waitingFor).toBe('approval until 2026-03-05 09:31 UTC');
  expect(message).toContain('waits for an approval until 2026-03-05 09:31 UTC.');
  expect(message).toContain('Nobody answering within 72 h means no');
  expect(message).toContain(
    'Asked by data by a colleague (s3://data/flights.json), started 2026-03-02 09:00 UTC.',
  );
});

test('compares the challenger with the champion in aligned columns', () => {
  expect(writeQuestion(request()).message).toContain(
    [
      'metric   challenger  champion  difference',
      'auc          0.7123       0.7     +0.0123',
      'logLoss         0.4      none',
      'On 4000 rows. Gates passed: auc at least 0.6.',
    ].join('\n'),
  );
});

test('compares with nobody when nothing serves yet', () => {
  const { message, event } = writeQuestion(request({ verdict: { ...request().verdict, champion: null } }));

  expect(message).toContain('auc          0.7123      none');
  expect(event.metrics).toEqual({
    auc: { challenger: 0.71234567, champion: null },
    logLoss: { challenger: 0.4, champion: null },
  });
});

test('tells each way to answer, ready to be copied', () => {
  const { message } = writeQuestion(request());

  expect(message).toContain('npx signalbox approve flight-delay-2603020900-3f9a1c42 --region eu-west-1\n');
  expect(message).toContain(
    'npx signalbox reject flight-delay-2603020900-3f9a1c42 --region eu-west-1 --reason',
  );
  expect(message).toContain('SageMaker Studio: Models, Registered models, flight-delay, version 7,');
  expect(message).toContain(
    `aws sagemaker update-model-package --region eu-west-1 --model-package-arn ${packageArn} --model-approval-status Approved`,
  );
});

test('names the stage where it is not the usual one', () => {
  const { message } = writeQuestion(withExecution(executionArn.replace('-prod-', '-dev-')));

  expect(message).toContain('approve flight-delay-2603020900-3f9a1c42 --stage dev --region eu-west-1');
});

test('stays within what SNS takes', () => {
  const { release } = request();
  const trigger = { kind: 'data' as const, detail: 'x'.repeat(40_000) };
  const { subject, message } = writeQuestion(
    request({ release: { ...release, pipeline: `${'é'.repeat(120)}`, trigger } }),
  );

  expect(subject).toMatch(/^[\x20-\x7e]{1,100}$/);
  expect(message.length).toBeLessThanOrEqual(30_000);
});
