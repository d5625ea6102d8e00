/** `npm run rehearse`: releases a pipeline of your own on this machine, with its own containers. */
import { basename, join } from 'node:path';
import { loadPipelines } from '../packaging/pipelines.ts';
import { projectRoot } from '../packaging/root.ts';
import { hearApproval } from './approvals.ts';
import { OptionsError } from './options.ts';
import { makeNamedAlarms, pushImages, upload } from './own-pipeline.ts';
import { HELP, readRehearseOptions } from './rehearse-options.ts';
import { PROVISIONING, unheardPushes } from './scenarios.ts';
import { rehearse, runCommand } from './stage.ts';

await runCommand(async () => {
  const options = readRehearseOptions(process.argv.slice(2));
  if (options === undefined) {
    console.log(HELP);
    return 0;
  }
  const pipelines = await loadPipelines(join(projectRoot, 'pipelines'));
  const pipeline = pipelines[options.pipeline];
  if (pipeline === undefined) {
    const known = Object.keys(pipelines).join(', ');
    throw new OptionsError(`There is no pipelines/${options.pipeline}.yaml; there are ${known}.`);
  }
  return rehearse(
    {
      ...options,
      scenario: { provisioning: PROVISIONING, event: unheardPushes() },
      prepare: async (world) => {
        pushImages(world, pipeline, options.image);
        await makeNamedAlarms(world, pipeline);
      },
      hear: (entry, world) => hearApproval(entry, world, options.approve),
      steps: options.uploads.map((file) => ({
        title: `${basename(file)} is uploaded.`,
        act: (world) => upload(world, pipeline, file),
      })),
    },
    ({ data }) => {
      // An approval is an event, too: it asks for a release of its own, which leaves the waiting one its model.
      const asked = data.releases.filter(({ trigger }) => trigger.kind !== 'approval');
      return asked.length === options.uploads.length && asked.at(-1)?.outcome === 'LIVE';
    },
  );
}, HELP);
