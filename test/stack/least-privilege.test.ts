import { type Grant, grantsOf } from '../../packaging/checks/granted.ts';
import { privilegeFindings, privilegeRows, privilegeTable } from '../../packaging/checks/least-privilege.ts';
import type { Rehearsal } from '../../packaging/checks/rehearsal.ts';
import { unusedGrants } from '../../packaging/checks/unused-grants.ts';

const roleArn = 'arn:aws:iam::123456789012:role/reader';
const bucket = 'arn:aws:s3:::data';

const grants: Grant[] = [
  { role: 'Reader', roleArn, actions: ['s3:GetObject', 's3:PutObject'], resources: [`${bucket}/*`] },
];

const use = (action: string, resource: string, refused = 0) => ({
  roleArn,
  action,
  resource,
  count: refused === 0 ? 2 : 0,
  refused,
});

const rehearsal = (...usage: Rehearsal['usage']): Rehearsal => ({
  worlds: 1,
  tally: { calls: 3, valid: 3, allowed: 3 },
  usage,
  failure: undefined,
});

const both = [use('s3:GetObject', `${bucket}/a`), use('s3:PutObject', `${bucket}/b`)];
const reason = { role: 'Reader', action: 's3:PutObject', why: 'Because.' };

test('counts what the stories used of each grant', () => {
  const usage = [...both, use('s3:GetObject', `${bucket}/c`), use('s3:GetObject', 'arn:aws:s3:::other/a')];

  expect(privilegeRows(grants, usage).map(({ action, uses }) => [action, uses])).toEqual([
    ['s3:GetObject', 4],
    ['s3:PutObject', 2],
  ]);
  expect(privilegeFindings(grants, rehearsal(...usage), [])).toEqual([]);
});

test.each<[string, Rehearsal, (typeof reason)[], string]>([
  [
    'a grant that no story uses',
    rehearsal(both[0]!),
    [],
    'Reader: s3:PutObject on data/* is used by no story',
  ],
  [
    'a reason that is not needed any more',
    rehearsal(...both),
    [reason],
    'Reader: s3:PutObject needs no reason in unused-grants.ts any more',
  ],
  [
    'a call that a role was refused',
    rehearsal(...both, use('s3:DeleteObject', `${bucket}/a`, 1)),
    [],
    `${roleArn} was refused s3:DeleteObject on ${bucket}/a`,
  ],
  [
    'a call that no model found valid',
    { ...rehearsal(...both), tally: { calls: 3, valid: 2, allowed: 3 } },
    [],
    "1 calls were not found valid by AWS's models",
  ],
])('finds %s', (_, played, justified, finding) => {
  expect(privilegeFindings(grants, played, justified)).toEqual([finding]);
});

test('finds a resource of a statement on which nothing was done', () => {
  const wider = [{ ...grants[0]!, resources: [`${bucket}/*`, 'arn:aws:s3:::other/*'] }];

  expect(privilegeFindings(wider, rehearsal(...both), [])).toEqual([
    'Reader: other/* is used by no story (s3:GetObject, s3:PutObject)',
  ]);
});

test('a reason stands in the table beside its grant, and is no finding', () => {
  expect(privilegeFindings(grants, rehearsal(both[0]!), [reason])).toEqual([]);
  expect(privilegeTable(privilegeRows(grants, [both[0]!]), [reason])).toEqual([
    '',
    'Reader',
    '       2  s3:GetObject  data/*',
    '       0  s3:PutObject  data/* · Because.',
  ]);
});

test('a story that fails proves nothing', () => {
  const failed = { ...rehearsal(), failure: 'FAIL test/stories/live.test.ts' };

  expect(privilegeFindings(grants, failed, [])).toEqual([
    'a story fails, so nothing is proved:\nFAIL test/stories/live.test.ts',
  ]);
});

test('every reason speaks of something that the packaged stack grants', async () => {
  const granted = await grantsOf();

  for (const { role, action } of unusedGrants) {
    expect(granted).toContainEqual(
      expect.objectContaining({ role, actions: expect.arrayContaining([action]) }),
    );
  }
});
