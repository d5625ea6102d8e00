import { remembered } from '../../remembered.ts';
import type { SimulatedCompilation, SimulatedJob } from '../../scenario.ts';
import type { World } from '../../world.ts';
import type { ContainerJob, JobEnd, JobRunner, RunningJob } from '../runner.ts';

/** What a container does when the scenario says nothing: five minutes, success, nothing left behind. */
const UNREMARKABLE: SimulatedJob = { seconds: 300 };

const USUAL_COMPILATION: SimulatedCompilation = { seconds: 240 };

const compiling = ({ seconds, failure, artifact }: SimulatedCompilation): SimulatedJob =>
  failure === undefined
    ? { seconds, outputs: { model: artifact ?? { 'compiled.model': 'compiled' } } }
    : { seconds, exitCode: 1, message: failure };

/** Containers whose durations and results come from the scenario: for the virtual clock. */
export function createSimulatedJobs(world: Pick<World, 'clock' | 'scenario'>): JobRunner {
  // The scenario is asked once for each start, whoever wants to know first.
  const plays = new Map<string, SimulatedJob>();
  const keyOf = ({ kind, name, attempt }: ContainerJob): string => `${kind} ${name} ${attempt}`;
  const playOf = (job: ContainerJob): SimulatedJob =>
    remembered(plays, keyOf(job), () =>
      job.kind === 'compilation'
        ? compiling(world.scenario.compilation?.(job) ?? USUAL_COMPILATION)
        : (world.scenario.job?.(job) ?? UNREMARKABLE),
    );
  return {
    capacityError(job) {
      const { failureReason } = playOf(job);
      return failureReason?.startsWith('CapacityError') ? failureReason : undefined;
    },
    runJob(job) {
      const play = playOf(job);
      plays.delete(keyOf(job));
      return new SimulatedContainer(world, job, play);
    },
    close: async () => {},
  };
}

class SimulatedContainer implements RunningJob {
  readonly ended: Promise<JobEnd>;
  stop!: () => void;

  constructor({ clock }: Pick<World, 'clock'>, job: ContainerJob, play: SimulatedJob) {
    this.ended = new Promise((resolve) => {
      const timers = [clock.at(clock.now() + play.seconds * 1000, () => end(exit(play)))];
      const reclaimSeconds = reclaimedAfterSeconds(job, play);
      if (reclaimSeconds !== undefined) {
        timers.push(clock.at(clock.now() + reclaimSeconds * 1000, () => end({ kind: 'interrupted' })));
      }
      const end = (how: JobEnd): void => {
        for (const timer of timers) timer.cancel();
        resolve(how);
      };
      this.stop = () => end({ kind: 'stopped' });
    });
  }
}

const exit = (play: SimulatedJob): JobEnd =>
  play.failureReason === undefined
    ? {
        kind: 'exited',
        exitCode: play.exitCode ?? 0,
        message: play.message ?? '',
        finalMetrics: { ...play.finalMetrics },
        ...(play.outputs ? { files: play.outputs } : {}),
      }
    : { kind: 'failed', reason: play.failureReason };

/** A simulated container writes no checkpoints: told to lose its instance after some, it loses it half-way. */
function reclaimedAfterSeconds({ reclaim }: ContainerJob, play: SimulatedJob): number | undefined {
  if (!reclaim) return undefined;
  return reclaim.afterSeconds ?? play.seconds / 2;
}
