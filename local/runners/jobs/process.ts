import type { World } from '../../world.ts';
import type { ContainerJob, JobEnd, JobRunner, RunningJob } from '../runner.ts';
import { JobContainer } from './job-container.ts';

/**
 * Containers as child processes: the workload's own code under SageMaker's
 * container contract, in a directory of its own below `world.directory`.
 *
 * On the virtual clock time stands still while a container runs, and
 * containers run one after another.
 */
export function createProcessJobs(world: World): JobRunner {
  const running = new Set<JobContainer>();
  let closed = false;
  const killAll = (): void => {
    for (const container of running) container.kill();
  };
  // Child processes live in groups of their own, which a sudden end of this process would leave behind.
  process.on('exit', killAll);

  const run = async (container: JobContainer): Promise<JobEnd> => {
    // After the close nobody is there who could use an answer.
    const never = new Promise<JobEnd>(() => {});
    if (closed) return never;
    running.add(container);
    try {
      const end = await container.run();
      return closed ? await never : end;
    } finally {
      running.delete(container);
    }
  };

  return {
    runJob(job: ContainerJob): RunningJob {
      const container = new JobContainer(world, job);
      return { ended: world.clock.outside(() => run(container)), stop: () => container.stop('stopped') };
    },
    async close() {
      closed = true;
      process.off('exit', killAll);
      killAll();
      await Promise.all([...running].map((container) => container.gone));
    },
  };
}
