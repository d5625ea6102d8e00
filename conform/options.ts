import { parseArgs } from 'node:util';
import type { RoleKind } from './case.ts';
import { cases } from './cases/index.ts';
import { roleKinds } from './roles.ts';

export interface Options {
  /** Print what would be done, rehearse it in local worlds, or ask AWS. */
  readonly mode: 'plan' | 'rehearse' | 'ask';
  readonly region: string | undefined;
  /** Dollars; never spent without being named. */
  readonly cap: number;
  readonly profile: string | undefined;
  readonly confirmed: boolean;
  /** Only these ids, or all. */
  readonly ids: ReadonlySet<string>;
  readonly roles: Readonly<Partial<Record<RoleKind, string>>>;
  readonly image: string | undefined;
  /** Take what a rehearsal answers as our assumption from now on. */
  readonly write: boolean;
}

export const HELP = `npm run conform -- [options]

Asks AWS what the local world assumes. Without --spend nothing is asked and nothing is spent:
it prints what would be done, in order, and what it would cost.

  --local                 rehearse all of it in local worlds, for nothing
  --local --write         and take what they answer as our assumption (conform/assumed/): read the difference
  --region <region>       where to ask; needed with --spend
  --spend <dollars>       ask AWS, and stop at this cap; 0 asks only what is free
  --case <id>             only this case; may be repeated
  --service <service>     only the cases of this service; may be repeated
  --machine-role-arn <arn>, --bare-role-arn <arn>, --job-role-arn <arn>,
  --rule-role-arn <arn>, --function-role-arn <arn>, --pipeline-role-arn <arn>
                          roles for the cases that need them; the plan prints their policies
  --image <uri>           an image that trains, processes and serves: AWS's own XGBoost image of the region, listed in
                          https://docs.aws.amazon.com/sagemaker/latest/dg-ecr-paths/sagemaker-algo-docker-registry-paths.html
  --profile <name>        a profile of the AWS configuration; otherwise the usual chain
  --yes                   do not ask before spending
  --help                  this text

Answers are written to conform/answers/, rehearsals to .signalbox/conform/.
`;

/** What a person typed cannot be done; the message says what can. */
export class OptionsError extends Error {
  override readonly name = 'OptionsError';
}

/** @returns undefined when help was asked for */
export const readOptions = (argv: readonly string[]): Options | undefined => {
  const values = parsed(argv);
  if (values.help) return undefined;
  const mode = values.spend !== undefined ? 'ask' : values.local ? 'rehearse' : 'plan';
  if (values.spend !== undefined && values.local) {
    throw new OptionsError('--local spends nothing: leave --spend out.');
  }
  if (values.write && mode !== 'rehearse') throw new OptionsError('--write goes with --local alone.');
  if (mode === 'ask' && values.region === undefined) throw new OptionsError('--spend needs a --region.');
  return {
    mode,
    region: values.region,
    cap: capOf(values.spend),
    profile: values.profile,
    confirmed: values.yes ?? false,
    ids: idsOf(values.case, values.service),
    roles: rolesOf(values),
    image: values.image,
    write: values.write ?? false,
  };
};

const roleFlag = (kind: RoleKind): string => `${kind}-role-arn`;

const roleOptions = Object.fromEntries(
  (Object.keys(roleKinds) as RoleKind[]).map((kind) => [roleFlag(kind), { type: 'string' } as const]),
);

const parsed = (argv: readonly string[]) => {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        ...roleOptions,
        local: { type: 'boolean' },
        write: { type: 'boolean' },
        region: { type: 'string' },
        spend: { type: 'string' },
        case: { type: 'string', multiple: true },
        service: { type: 'string', multiple: true },
        image: { type: 'string' },
        profile: { type: 'string' },
        yes: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new OptionsError((error as Error).message);
  }
};

const capOf = (text = '0'): number => {
  const cap = Number(text);
  if (text.trim() !== '' && Number.isFinite(cap) && cap >= 0) return cap;
  throw new OptionsError(`--spend is ${text}; give dollars, such as 5 or 0.50.`);
};

const idsOf = (ids: readonly string[] = [], services: readonly string[] = []): ReadonlySet<string> => {
  for (const id of ids) {
    if (!cases.some((one) => one.id === id)) throw new OptionsError(`There is no case ${id}.`);
  }
  for (const service of services) {
    if (!cases.some((one) => one.service === service)) {
      throw new OptionsError(`There is no case of ${service}.`);
    }
  }
  const all = ids.length === 0 && services.length === 0;
  return new Set(
    cases
      .filter(({ id, service }) => all || ids.includes(id) || services.includes(service))
      .map(({ id }) => id),
  );
};

const rolesOf = (values: Readonly<Record<string, unknown>>): Options['roles'] => {
  const roles: Partial<Record<RoleKind, string>> = {};
  for (const kind of Object.keys(roleKinds) as RoleKind[]) {
    const arn = values[roleFlag(kind)] as string | undefined;
    if (arn === undefined) continue;
    if (!/^arn:aws[\w-]*:iam::\d{12}:role\/.+$/.test(arn)) {
      throw new OptionsError(`--${roleFlag(kind)} is ${arn}, which is not a role's ARN.`);
    }
    roles[kind] = arn;
  }
  return roles;
};
