/** `npm start`: plays releases of flight-delay on the packaged stack, with real training and real traffic. */
import type { Scenario } from '../local/scenario.ts';
import { type Act, actsFor, faultOf, pushFirstImage } from './acts.ts';
import { HELP, readOptions } from './options.ts';
import { makeNamedAlarms } from './own-pipeline.ts';
import { packagePipeline, pipelineFile } from './pipeline-file.ts';
import { PROVISIONING, spotTakesFirstJob, unheardFirstPush } from './scenarios.ts';
import { type Rehearsed, rehearse, runCommand } from './stage.ts';

function judge(acts: readonly Act[], { data, isStopped }: Rehearsed): boolean {
  const fault = faultOf(acts, data.releases);
  if (fault !== undefined) console.error(`\n${isStopped ? 'Stopped before the end.' : fault}`);
  return fault === undefined;
}

await runCommand(async () => {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) {
    console.log(HELP);
    return 0;
  }
  const file = options.pipeline === undefined ? undefined : await pipelineFile(options.pipeline);
  const acts = actsFor(options.only, file?.acts ?? { shift: 'canary' });
  const scenario: Scenario = {
    provisioning: PROVISIONING,
    spot: spotTakesFirstJob(),
    event: unheardFirstPush(),
  };
  return rehearse(
    {
      ...options,
      ...(file && { package: { name: options.pipeline!, pack: () => packagePipeline(file) } }),
      scenario,
      prepare: async (world) => {
        pushFirstImage(world);
        if (file) await makeNamedAlarms(world, file.pipeline);
      },
      steps: acts.map(({ number, title, act }) => ({ title: `${number}. ${title}`, act })),
      clientsOf: file?.pipeline.deploy.endpoint ?? 'flight-delay',
    },
    (rehearsed) => judge(acts, rehearsed),
  );
}, HELP);
