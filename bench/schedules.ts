import { packageSchedules, playSchedule } from '../test/schedules/play.ts';
import { rounded } from './numbers.ts';
import type { Section } from './section.ts';

const SCHEDULES = 300;

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
    how: 'Two to six releases of one pipeline within three hours of virtual time, one of the three policies and every kind of shift, watched for up to four hours and cleaned up after one or two releases; with executions stopped at any moment and in the middle of their calls, redrives, rollbacks by hand to any release that went live, alarms that ring during a shift or in a watch, updates that cannot go back, events that get lost, come twice or late, and calls that come late, twice or without an answer. Watched: nobody changes an endpoint without its turn, nothing older after something newer, no request to a champion fails, every release has an outcome that is true and that somebody is told, what can be gone back to is there, and in the end every turn is free and the endpoint serves one variant of what the ledger says.',
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
