import { type Case, isCall, type RoleKind } from './case.ts';
import { policyOf, roleKinds, rolesFor, trustedBy } from './roles.ts';

/** What would be asked, in order, and what each and all would cost. */
export const planText = (cases: readonly Case[], region = '<region>'): string => {
  const calls = cases.filter(isCall);
  const usd = calls.reduce((sum, { cost }) => sum + cost.usd, 0);
  const minutes = calls.reduce((sum, { cost }) => sum + cost.minutes, 0);
  const width = Math.max(...cases.map(({ id }) => id.length));
  const rows = cases.map((one) =>
    isCall(one)
      ? `  ${one.id.padEnd(width)}  ${dollars(one.cost.usd).padStart(10)}  ${`${one.cost.minutes} min`.padStart(7)}  ${one.asks}`
      : `  ${one.id.padEnd(width)}  ${'to be read'.padStart(10)}  ${''.padStart(7)}  ${one.asks}`,
  );
  return `What npm run conform would ask AWS, cheap questions first:

${rows.join('\n')}

All ${calls.length} cases: at most about ${dollars(usd)} and ${Math.ceil(minutes / 60)} hours, one after another. Estimates, rounded up.
Your own credentials must be allowed to make and delete what the cases need, and to pass the roles below.
Every case makes what it needs under names that begin with signalbox-conform-, and takes it away again.
${accountText(cases)}${rolesText(cases, region)}
Nothing was asked and nothing was spent. To ask for free:       npm run conform -- --region eu-west-1 --spend 0
To rehearse all of it on this machine:                          npm run conform -- --local
`;
};

/** An estimate in words. */
export const dollars = (usd: number): string =>
  usd === 0 ? 'free' : usd < 0.005 ? '< 0.01 $' : `${usd.toFixed(2)} $`;

const accountText = (cases: readonly Case[]): string => {
  const wishes = new Set(cases.filter(isCall).flatMap(({ needs }) => needs?.account ?? []));
  return wishes.size === 0 ? '' : `Some need of the account: ${[...wishes].join('; ')}.\n`;
};

const rolesText = (cases: readonly Case[], region: string): string => {
  const roles = rolesFor(cases);
  if (roles.size === 0) return '';
  const place = {
    accountId: '<account>',
    region,
    roleArnOf: (kind: RoleKind) => `<the ${kind} role's ARN>`,
  };
  const texts = [...roles].map(([kind, allows]) => {
    const policy = policyOf(allows, place);
    const needed = allows.length === 0 ? 'no policy' : JSON.stringify(policy, null, 2);
    return `--${kind}-role-arn, for ${roleKinds[kind].what}
trust:  ${JSON.stringify(trustedBy(kind))}
policy: ${needed}
`;
  });
  return `
Nothing of IAM is made. These roles are yours to give; without one its cases are skipped:

${texts.join('\n')}`;
};
