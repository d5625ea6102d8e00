/** What `wake` does for one mailbox: leaves a note where somebody is about to sleep, and wakes who sleeps. */
import { STEP } from './step-names.ts';
import type { World } from './world.ts';

export function post(world: World, to: number): void {
  const reader = world.execution(to);
  if (reader.step === STEP.PARKED) {
    if (reader.isRunning) reader.step = STEP.ARM;
    else reader.hasNote = 1;
  } else if (reader.step >= STEP.QUEUE && reader.step <= STEP.PARK) {
    reader.hasNote = 1;
  }
}
