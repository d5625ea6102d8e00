/** `npm run conform`: asks AWS what the local world assumes, within a cap. Without one it only prints what it would do. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { projectRoot } from '../packaging/root.ts';
import { assumedAnswer, writeAssumed } from './assumed.ts';
import { Budget } from './budget.ts';
import { isCall, type RoleKind } from './case.ts';
import { cases } from './cases/index.ts';
import { mayAsk, terminal } from './confirm.ts';
import { HELP, type Options, OptionsError, readOptions } from './options.ts';
import { planText } from './plan.ts';
import { realGround } from './real-ground.ts';
import { rehearseCase } from './rehearse-case.ts';
import { writeReport } from './report.ts';
import { roleKinds } from './roles.ts';
import { type Run, runAll } from './run-all.ts';
import { type Answer, runCase } from './run-case.ts';

const main = async (): Promise<void> => {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) return console.log(HELP);
  const chosen = cases.filter(({ id }) => options.ids.has(id));
  if (options.mode === 'plan') return console.log(planText(chosen, options.region));
  const run = options.mode === 'rehearse' ? rehearsal(options) : await askingRun(options);
  if (run === undefined) return;
  finish(options, await runAll(chosen, run));
};

const say = (line: string): void => console.log(line);

/** All of it on this machine: everything is given, nothing costs. */
const rehearsal = ({ write }: Options): Run => ({
  budget: new Budget(Number.POSITIVE_INFINITY),
  given: {
    roles: Object.fromEntries(Object.keys(roleKinds).map((kind) => [kind, 'local'])),
    image: 'local',
  },
  interrupted: () => false,
  ask: async (one) => {
    const answer = await rehearseCase(one);
    if (write && answer.answered !== undefined) writeAssumed(one, answer.answered);
    return answer;
  },
  say,
  now: () => 0,
});

/** @returns undefined if the person thinks better of it */
const askingRun = async (options: Options): Promise<Run | undefined> => {
  const ground = await realGround(options);
  if (!(await mayAsk(options, ground, terminal))) return undefined;
  let interrupted = false;
  let pending = (): readonly string[] => [];
  const stop = (): void => {
    if (interrupted) {
      for (const what of pending()) say(`LEFT BEHIND: ${what}`);
      process.exit(130);
    }
    interrupted = true;
    say('Stopping: what was made is taken away first. Ctrl+C again leaves it behind and names it.');
  };
  // A terminal that is closed says SIGHUP: what costs must not outlive it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  const given = {
    ...Object.fromEntries(
      (Object.entries(options.roles) as [RoleKind, string][]).map(([kind, arn]) => [`<${kind}-role>`, arn]),
    ),
    ...(options.image && { '<image>': options.image }),
  };
  return {
    budget: new Budget(options.cap),
    given: options,
    interrupted: () => interrupted,
    ask: (one, mayGoOn) =>
      runCase(one, ground, {
        expected: assumedAnswer(one),
        prefix: `signalbox-conform-${randomBytes(3).toString('hex')}`,
        given,
        mayGoOn,
        watch: (look) => {
          pending = look;
        },
      }),
    say,
    // Written after each case: an answer that was paid for survives whatever comes next.
    keep: (answers) => write(options, answers),
    now: Date.now,
  };
};

/** @returns the files' paths */
const write = ({ mode, region }: Options, answers: readonly Answer[]): string[] => {
  const isRehearsal = mode === 'rehearse';
  return writeReport(join(projectRoot, isRehearsal ? '.signalbox/conform' : 'conform/answers'), {
    date: new Date().toISOString().slice(0, 10),
    where: isRehearsal ? 'local' : region!,
    answers,
    cases,
    keepsEarlier: !isRehearsal,
    assumed: (one) => (isCall(one) ? assumedAnswer(one) : undefined),
  });
};

const finish = (options: Options, answers: readonly Answer[]): void => {
  const isRehearsal = options.mode === 'rehearse';
  for (const file of write(options, answers)) say(`Written: ${file}`);
  const left = answers.flatMap(({ leftovers }) => leftovers);
  if (left.length > 0) say(`${left.length} things were left behind: see above, and delete them by hand.`);
  if (
    left.length > 0 ||
    (isRehearsal && answers.some(({ verdict }) => verdict !== 'agrees' && verdict !== 'skipped'))
  ) {
    process.exitCode = 1;
  }
};

try {
  await main();
} catch (error) {
  if (!(error instanceof OptionsError)) throw error;
  console.error(`${error.message}\nnpm run conform -- --help tells what there is.`);
  process.exitCode = 2;
}
