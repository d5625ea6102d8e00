import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { Answer, Command, Context, Given } from '../command.ts';
import { pipelineNamed, type Stack } from '../stack.ts';
import { EXIT, UsageError } from '../told.ts';
import { follow } from './follow.ts';
import { outcomeOf, outcomeText } from './outcome.ts';
import { readOverrides } from './overrides.ts';
import { releaseOfCommit, sendPush } from './push.ts';

export const start: Command = {
  name: 'start',
  summary: 'start a release',
  help: `npx signalbox start <pipeline> [options]

Starts a release by hand. The pipeline's name is enough.

  --set <path>=<value>   override a field of the pipeline for this release alone; may be
                         repeated. The value is JSON where it is JSON, text otherwise.
  --intent <name>        names what is asked: asking twice under one name makes one release
  --fresh                run every step, even one that has finished before with the same
                         data, image and parameters
  --fail-unless-live     let the execution fail unless it ends LIVE or DELIVERED
  --wait                 tell each step until the end; exit with 1 unless it ends LIVE or DELIVERED

  --commit <id>          tell the stack that this commit was pushed, as a workflow does; the
                         pipeline's triggers.code say what follows. With it:
  --repository <name>    the repository (default: triggers.code.repository of the pipeline's file)
  --branch <name>        the branch (default: triggers.code.branch of the pipeline's file)
  --previous-commit <id> the commit before it; going back to an earlier commit is a new intent

  npx signalbox start flight-delay --wait
  npx signalbox start flight-delay --set train.hyperparameters.epochs=20
  npx signalbox start flight-delay --set train.spot.ladder='["ml.m5.4xlarge"]' --fresh
  npx signalbox start flight-delay --commit "$(git rev-parse HEAD)" --wait`,
  options: {
    set: { type: 'string', multiple: true },
    intent: { type: 'string' },
    fresh: { type: 'boolean' },
    wait: { type: 'boolean' },
    'fail-unless-live': { type: 'boolean' },
    commit: { type: 'string' },
    'previous-commit': { type: 'string' },
    repository: { type: 'string' },
    branch: { type: 'string' },
  },
  words: { least: 1, most: 1, are: 'one pipeline' },

  async run(given, context) {
    const name = given.words[0]!;
    const overrides = readOverrides((given.values.set ?? []) as readonly string[]);
    refuseMixed(given);
    const stack = await context.stack();
    pipelineNamed(name, (await stack.status(name)).pipelines);
    return given.values.commit === undefined
      ? byHand(name, overrides, given, context, stack)
      : byPush(name, given, context, stack);
  },
};

const OF_PUSH = ['previous-commit', 'repository', 'branch'] as const;
const OF_HAND = ['set', 'intent', 'fresh', 'fail-unless-live'] as const;

/** @throws UsageError for options that do nothing together */
function refuseMixed({ values }: Given): void {
  const isPush = values.commit !== undefined;
  const stray = (isPush ? OF_HAND : OF_PUSH).filter((name) => values[name] !== undefined);
  if (stray.length === 0) return;
  const options = stray.map((name) => `--${name}`).join(', ');
  throw new UsageError(
    isPush
      ? `--commit tells of a push, and a push says nothing of ${options}.`
      : `${options} ${stray.length === 1 ? 'belongs' : 'belong'} to a push; name it with --commit.`,
  );
}

async function byHand(
  pipeline: string,
  overrides: object | undefined,
  { values }: Given,
  context: Context,
  stack: Stack,
): Promise<Answer> {
  const input = {
    pipeline,
    trigger: { kind: 'manual', detail: 'npx signalbox start', by: context.io.user },
    ...(overrides && { overrides }),
    ...(values.intent !== undefined && { intent: values.intent }),
    ...(values.fresh && { fresh: true }),
    ...(values['fail-unless-live'] && { failUnlessLive: true }),
  };
  const { executionArn = '' } = await stack.clients.sfn.send(
    new StartExecutionCommand({
      stateMachineArn: stack.machineArn('release'),
      input: JSON.stringify(input),
    }),
  );
  if (values.wait) return waited(executionArn, context, stack);
  return {
    exitCode: EXIT.done,
    document: { pipeline, executionArn, input },
    text: `Started ${executionArn}\nnpx signalbox status ${pipeline} tells how it goes.`,
  };
}

async function byPush(pipeline: string, given: Given, context: Context, stack: Stack): Promise<Answer> {
  const push = await sendPush(pipeline, given, context, stack);
  if (given.values.wait) {
    context.io.log(`Told ${stack.prefix} of ${push.commit}. Waiting for the release that it starts …`);
    const release = await releaseOfCommit(pipeline, push.commit, context, stack);
    return waited(release.executionArn, context, stack);
  }
  return {
    exitCode: EXIT.done,
    document: { pipeline, event: push },
    text: `Told ${stack.prefix} that ${push.commit} was pushed to ${push.branch} of ${push.repository}.\nnpx signalbox status ${pipeline} tells what comes of it.`,
  };
}

async function waited(executionArn: string, context: Context, stack: Stack): Promise<Answer> {
  const ended = await follow(executionArn, context, stack);
  const outcome = outcomeOf(ended);
  const isGood = outcome.outcome === 'LIVE' || outcome.outcome === 'DELIVERED';
  return {
    exitCode: isGood ? EXIT.done : EXIT.no,
    document: { executionArn, ...outcome },
    text: outcomeText(outcome, context.io.hasColour),
  };
}
