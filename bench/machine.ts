import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';

/** The machine and the day, without which a number says little. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() || 'unknown CPU';
  const memoryGb = Math.round(totalmem() / 2 ** 30);
  const day = new Date().toISOString().slice(0, 10);
  return `${model}, ${availableParallelism()} cores, ${memoryGb} GB; ${platform()} ${arch()}; Node ${process.version}; ${day}.`;
}
