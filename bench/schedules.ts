import { packageSchedules, playSchedule } from '../test/schedules/play.ts';
import { rounded } from './numbers.ts';
import type { Section } from './section.ts';

const SCHEDULES = 1000;

/** Random schedules of overlapping releases, each watched until everything has come to rest. */
export async function playSchedules(schedules = SCHEDULES): Promise<Section> {
  const packageDirectory = packageSchedules();
  const beganMs = performance.now();
  const ended = new Map<string, number>();
  const broken: string[] = [];
  for (let seed = 1; seed <= schedules; seed += 1) {
    const { outcomes, violations } = await playSchedule(seed, packageDirectory);
    for (const outcome of outcomes) ended.set(outcome, (ended.get(outcome) ?? 0) + 1);
    broken.push(...violations.map((violation) => `The schedule of seed ${seed}: ${violation}.`));
  }
  const seconds = (performance.now() - beganMs) / 1000;
  const releases = [...ended.values()].reduce((sum, count) => sum + count, 0);
  const outcomes = [...ended].sort(([, one], [, other]) => other - one);

  return {
    title: 'Random schedules of overlapping releases',
    how: 'Two to six releases of one pipeline within three hours of virtual time, one of the three policies, with executions stopped at any moment and in the middle of their calls, redrives, rollbacks by hand, alarms that ring, events that get lost, come twice or late, and calls that come late, twice or without an answer. Watched: nobody changes an endpoint without its turn, nothing older after something newer, every release has an outcome that is true, and every turn is free in the end.',
    columns: [
      'schedules',
      'releases',
      ...outcomes.map(([outcome]) => outcome),
      'broken',
      'seconds',
      'schedules a second',
    ],
    rows: [
      [
        String(schedules),
        String(releases),
        ...outcomes.map(([, count]) => String(count)),
        String(broken.length),
        rounded(seconds),
        rounded(schedules / seconds),
      ],
    ],
    broken,
  };
}
