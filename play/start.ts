/** `npm start`: plays releases of flight-delay on the packaged stack, with real training and real traffic. */
import type { ContainerJob } from '../local/runners/runner.ts';
import type { Scenario, SpotFate } from '../local/scenario.ts';
import { type Act, actsFor, pushFirstImage } from './acts.ts';
import { HELP, readOptions } from './options.ts';
import { PROVISIONING, unheardFirstPush } from './scenarios.ts';
import { type Rehearsed, rehearse, runCommand } from './stage.ts';

/** Spot takes the first job's instance when four checkpoints are in S3, once. */
function spot(): (job: ContainerJob) => SpotFate {
  let first: string | undefined;
  return ({ name, attempt }) => {
    first ??= name;
    return name === first && attempt === 1 ? { kind: 'reclaimed', afterCheckpoints: 4 } : { kind: 'kept' };
  };
}

function endedAsTold(acts: readonly Act[], { data, isStopped }: Rehearsed): boolean {
  const told = data.releases.map(({ outcome }) => outcome ?? 'no outcome');
  const expected = acts.map((act) => act.expected as string);
  if (told.join() === expected.join()) return true;
  console.error(
    isStopped
      ? '\nStopped before the end.'
      : `\nThis is not how it should end: ${told.join(', ') || 'nothing'} instead of ${expected.join(', ')}.`,
  );
  return false;
}

await runCommand(async () => {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) {
    console.log(HELP);
    return 0;
  }
  const acts = actsFor(options.only);
  const scenario: Scenario = { provisioning: PROVISIONING, spot: spot(), event: unheardFirstPush() };
  return rehearse(
    {
      ...options,
      scenario,
      prepare: pushFirstImage,
      steps: acts.map(({ number, title, act }) => ({ title: `${number}. ${title}`, act })),
      clientsOf: 'flight-delay',
    },
    (rehearsed) => endedAsTold(acts, rehearsed),
  );
}, HELP);
