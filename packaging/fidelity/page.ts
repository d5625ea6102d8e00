import { assumedAnswer } from '../../conform/assumed.ts';
import { type Case, isCall, notModelledHere } from '../../conform/case.ts';
import { cases } from '../../conform/cases/index.ts';
import { dollars } from '../../conform/plan.ts';
import { OPTIMIZED, SDK_SERVICES } from '../../local/asl/integrations/resource.ts';
import { CHOICE_RULE_FIELDS, MACHINE_FIELDS, STATE_FIELDS } from '../../local/asl/validate/fields.ts';
import type { Behaviour, Fidelity } from '../../local/fidelity.ts';
import { resourceTypes } from '../../local/template/resources/index.ts';
import { anchor, table } from './markdown.ts';
import { type ServiceOperations, serviceOperations } from './operations.ts';
import { parts } from './parts.ts';

/** docs/fidelity.md, made from the rows beside the code and from the code itself. */
export const fidelityPage = async (): Promise<string> => {
  const operations = await serviceOperations();
  return `${[
    introduction(),
    ...parts.map(partSection),
    operationsSection(operations),
    integrationsSection(),
    languageSection(),
    resourcesSection(),
    openSection(),
    casesSection(),
  ].join('\n\n')}\n`;
};

const introduction = (): string => {
  const all = parts.flatMap(({ behaviours }) => behaviours);
  const count = (standing: Behaviour['standing']): number =>
    all.filter((one) => one.standing === standing).length;
  return `# Fidelity

<!-- Made by \`npm run fidelity\` from the fidelity.ts files below local/, the stand-ins and conform/cases. Change those. -->

The local world is not AWS. It models what Signalbox's own stack uses, the way AWS does it as far as we know, and says here what it knows that from. What it does not model it refuses by name; it never passes over it in silence unless a row says so.

**Standing**

- **as AWS** (${count('as AWS')}): the source proves it.
- **unconfirmed** (${count('unconfirmed')}): nobody has proved it. Each has a case that asks AWS: [what only AWS can tell](${anchor('What only AWS can tell')}), \`npm run conform\`.
- **ours** (${count('ours')}): a choice we made, where AWS tells nothing or a laptop differs.
- **not modelled** (${count('not modelled')}): AWS has it, this world has not.

**Sources**

- _model_: AWS's API models (botocore 1.43.11), copied into [\`local/models/\`](../local/models/README.md).
- _guide_: AWS's developer guides and API references.
- _recorded_: answers or histories that AWS gave to somebody who published them.
- _reported_: public issue threads.

**Parts**: ${[...parts.map(({ title }) => title), 'Operations', 'Service integrations', 'Fields of a state machine', 'CloudFormation resources', 'What only AWS can tell', 'Contract cases'].map((title) => `[${title}](${anchor(title)})`).join(' · ')}`;
};

const partSection = ({ title, behaviours }: Fidelity): string =>
  `## ${title}\n\n${table(
    ['behaviour', 'source', 'standing'],
    inOrder(behaviours).map((one) => [one.behaviour, one.source, standingOf(one)]),
  )}`;

const standings: readonly Behaviour['standing'][] = ['as AWS', 'unconfirmed', 'ours', 'not modelled'];

/** What is proved first, what is missing last; otherwise as the part tells them. */
const inOrder = (behaviours: readonly Behaviour[]): readonly Behaviour[] =>
  standings.flatMap((standing) => behaviours.filter((one) => one.standing === standing));

const standingOf = ({ standing, case: id }: Behaviour): string =>
  id === undefined ? standing : `${standing}: \`${id}\``;

const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ') || '–';

const operationsSection = (operations: readonly ServiceOperations[]): string =>
  `## Operations

Over HTTP, through a function's SDK client and through a machine's integration, these are answered. Those on the right are known by AWS's model and answer 501 \`NotModelled\`; so does every operation not named here.

${table(
  ['service', 'answered', '501'],
  operations.map(({ service, built, unbuilt }) => [service, code(built), code(unbuilt)]),
)}`;

const integrationsSection = (): string =>
  `## Service integrations

A task's \`Resource\`. The AWS SDK integrations reach every operation above, also with \`.waitForTaskToken\`: ${code(
    [...SDK_SERVICES.keys()].map((name) => `aws-sdk:${name}`),
  )}. A function's ARN stands for itself. The optimized ones:

${table(
  ['integration', 'actions'],
  Object.entries(OPTIMIZED).map(([service, { actions }]) => [
    `\`${service}\``,
    Object.entries(actions)
      .map(([action, patterns]) => {
        const others = patterns
          .filter((pattern) => pattern !== 'request')
          .map((pattern) => suffixes[pattern]);
        return `\`${action}\`${others.length === 0 ? '' : ` (${others.join(', ')})`}`;
      })
      .join(', '),
  ]),
)}`;

const suffixes: Readonly<Record<string, string>> = {
  sync: '`.sync`',
  'sync:2': '`.sync:2`',
  token: '`.waitForTaskToken`',
};

const languageSection = (): string =>
  `## Fields of a state machine

The fields that a machine in JSONata may have; any other is refused when it is made.

${table(
  ['where', 'fields'],
  [
    ['the machine', code(Object.keys(MACHINE_FIELDS.kinds))],
    ...Object.entries(STATE_FIELDS).map(([type, fields]) => [type, code(Object.keys(fields.kinds))]),
    ['a Choice rule', code(Object.keys(CHOICE_RULE_FIELDS.kinds))],
  ],
)}`;

const resourcesSection = (): string =>
  `## CloudFormation resources

Another type, or a property that CloudFormation does not know, stops the run and is named.

${code(Object.keys(resourceTypes).sort())}`;

const openSection = (): string => {
  const open = parts.flatMap(({ title, behaviours }) =>
    behaviours.filter(({ standing }) => standing === 'unconfirmed').map((one) => ({ title, ...one })),
  );
  return `## What only AWS can tell

The stack has not been deployed to an account by us. These are the assumptions that stand on no proof; \`npm run conform\` asks AWS, within a spending cap, and writes what it answered next to what we assumed.

${table(
  ['part', 'we assume', 'case'],
  open.map(({ title, behaviour, case: id }) => [title, behaviour, `\`${id}\``]),
)}

Beside these, cases ask about what this world does not model, because somebody will want to know:

${cases
  .filter((one) => isCall(one) && assumedAnswer(one) === notModelledHere)
  .map(({ id, asks }) => `- ${asks}: \`${id}\``)
  .join('\n')}`;
};

const casesSection = (): string =>
  `## Contract cases

Each talks only AWS API and runs against the local world in the tests, where its answer is held to what is written in \`conform/assumed/\`. In the order in which \`npm run conform\` asks them: cheap first.

${table(
  ['case', 'asks', 'we assume', 'cost'],
  cases.map((one) => [`\`${one.id}\``, one.asks, one.assumed, costOf(one)]),
)}`;

const costOf = (one: Case): string => {
  if (!isCall(one)) return `to be read: ${one.reason}`;
  return `${dollars(one.cost.usd)}, ${one.cost.minutes} min`;
};
