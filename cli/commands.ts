import { check } from './check/check.ts';
import type { Command } from './command.ts';
import { approve, reject } from './decide/decide.ts';
import { rollback } from './rollback/rollback.ts';
import { start } from './start/start.ts';
import { status } from './status/status.ts';

/** All commands, in the order in which people meet them. */
export const COMMANDS: readonly Command[] = [check, start, status, approve, reject, rollback];

export const HELP = `npx signalbox <command> [options]

${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(9)} ${summary}`).join('\n')}

Every command takes
  --json            one JSON document on stdout; what happens meanwhile goes to stderr
  --stage <name>    the stage of the stack (default prod)
  --region <name>   the AWS region (default: AWS_REGION, or the profile's)
  --profile <name>  the AWS profile (default: AWS_PROFILE, or the environment's keys)
  --help            what the command does, with examples

With AWS_ENDPOINT_URL set to an open local world (npm run local) the same commands act there.

Exit codes: 0 done as asked; 1 the answer is no; 2 the command is wrong; 3 AWS refused
or could not be reached; 130 stopped by Ctrl+C. docs/cli.md tells more.`;
