import type { World } from '../../local/world.ts';
import type { Access } from './access.ts';

export interface Told {
  readonly world: World;
  readonly access: Access;
  readonly shellFile: string;
  /** None in an empty world. */
  readonly samples: { readonly march: string; readonly correction: string } | undefined;
  readonly speed: number;
}

/** The first words on a terminal: how to reach the world, as whom, and what to try. */
export const welcome = (told: Told, hasColour: boolean): string => {
  const pens = { strong: painter(hasColour, 1, 22), dim: painter(hasColour, 2, 22) };
  const { world, access, shellFile, samples, speed } = told;
  const { strong, dim } = pens;
  const names = Object.keys(access.shortcuts).map((name) => `$${name}`);
  return `${strong('The local world is open.')} It is not AWS, and nothing here reaches AWS.

${strong('In another terminal')}
  . ${shellFile}

${dim('or, by hand:')}
${Object.entries(access.environment)
  .map(([name, value]) => `  export ${name}=${value}`)
  .join('\n')}

${samples === undefined ? tryInEmpty(pens) : `${whoYouAre(told, pens)}\n\n${tryWithSample(samples, pens)}`}

${dim(`${names.length > 0 ? `Sourcing the file also sets ${names.join(', ')}. ` : ''}A minute of the world takes
${Math.round(600 / speed) / 10} s here; its clock began as yours. Its files are in ${world.directory}.`)}
Ctrl+C closes it.
`;
};

type Pens = Readonly<Record<'strong' | 'dim', (text: string) => string>>;

const whoYouAre = ({ access: { roles, stateMachines } }: Told, { strong, dim }: Pens): string => {
  const width = Math.max(...roles.map(({ name }) => name.length), 3);
  return `${strong('Who you are')} ${dim('(any secret goes with a key: signatures are not checked)')}
  ${'you'.padEnd(width)}  test  ${dim('may do everything')}
${roles.map(({ name, accessKeyId }) => `  ${name.padEnd(width)}  become ${name}  ${dim(`or export AWS_ACCESS_KEY_ID=${accessKeyId}`)}`).join('\n')}

${strong('State machines')}
${stateMachines.map(({ arn }) => `  ${arn}`).join('\n')}`;
};

const tryWithSample = ({ march, correction }: NonNullable<Told['samples']>, { strong, dim }: Pens): string =>
  `${strong('Try')}
${dim('  Start a release on the flights that are there and follow it; see who holds and who waits:')}
  npx signalbox start flight-delay --wait
  npx signalbox status
${dim('  The same by the AWS CLI or any SDK:')}
  aws stepfunctions start-execution --state-machine-arn $RELEASE --input file://events/console/release.json --query executionArn --output text
${dim('  Look at it:')}
  aws stepfunctions describe-execution --execution-arn <executionArn>
  aws stepfunctions get-execution-history --execution-arn <executionArn> --query 'events[].[id,type]' --output text
${dim('  Or let an upload start one (good flights; a correction that the gate refuses):')}
  aws s3 cp ${march} s3://$DATA/flight-delay/incoming/
  aws s3 cp ${correction} s3://$DATA/flight-delay/incoming/`;

const tryInEmpty = ({ strong, dim }: Pens): string =>
  `${strong('Try')} ${dim('(nothing is deployed; every role may do everything)')}
  aws stepfunctions create-state-machine --name hello --role-arn arn:aws:iam::123456789012:role/any \\
    --definition '{"QueryLanguage":"JSONata","StartAt":"Hello","States":{"Hello":{"Type":"Pass","Output":{"hello":"{% $states.input.name %}"},"End":true}}}'
  aws stepfunctions start-execution --state-machine-arn <stateMachineArn> --input '{"name":"you"}'
  aws stepfunctions get-execution-history --execution-arn <executionArn>`;

/** The same for a program, as one object. */
export const readyLine = ({ world, access, shellFile, samples, speed }: Told): string =>
  JSON.stringify({
    ready: true,
    endpointUrl: world.endpointUrl,
    region: world.region,
    accountId: world.accountId,
    speed,
    seed: world.seed,
    directory: world.directory,
    shellFile,
    samples,
    ...access,
    outputs: world.outputs,
  });

const painter =
  (isOn: boolean, start: number, end: number) =>
  (text: string): string =>
    isOn ? `\u001b[${start}m${text}\u001b[${end}m` : text;
