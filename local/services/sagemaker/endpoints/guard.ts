import type { Timer } from '../../../clock/clock.ts';
import type { World } from '../../../world.ts';

/** An alarm rang, or the deployment took too long: traffic has to go back. Without words SageMaker gives no reason. */
export class DeploymentStopped extends Error {
  override readonly name = 'DeploymentStopped';
}

/**
 * Watches a deployment from its first second to the end of the termination
 * wait. Alarms are told, not polled; one that is in ALARM when the update
 * begins stops it as well (what AWS does then is unconfirmed).
 */
export class Guard {
  readonly #world: World;
  readonly #endings: (() => void)[] = [];
  #stopped: DeploymentStopped | undefined;
  #onStop: (() => void) | undefined;

  constructor(world: World, alarmNames: readonly string[], limitSeconds: number | undefined) {
    this.#world = world;
    for (const name of alarmNames) {
      const judge = (state: string | undefined): void => {
        if (state === 'ALARM')
          this.#stop(`The deployment was rolled back because alarm ${name} is in ALARM state.`);
      };
      this.#endings.push(world.cloudwatch.watch(name, (alarm) => judge(alarm.current.state)));
      judge(world.cloudwatch.alarms.get(name)?.current.state);
    }
    if (limitSeconds !== undefined) {
      const timer = world.clock.at(world.clock.now() + limitSeconds * 1000, () =>
        this.#stop(
          `The deployment was rolled back because it exceeded its maximum execution time of ${limitSeconds} seconds.`,
        ),
      );
      this.#endings.push(() => timer.cancel());
    }
  }

  /** @throws DeploymentStopped as soon as there is a reason to */
  pause(seconds: number): Promise<void> {
    let timer: Timer | undefined;
    const due = new Promise<void>((resolve) => {
      if (seconds === 0) resolve();
      else timer = this.#world.clock.at(this.#world.clock.now() + seconds * 1000, resolve);
    });
    return this.orStop(due).finally(() => timer?.cancel());
  }

  /** Waits for `work`. @throws DeploymentStopped as soon as there is a reason to */
  orStop<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#stopped) return reject(this.#stopped);
      this.#onStop = () => reject(this.#stopped);
      work.then(resolve, reject);
    });
  }

  close(): void {
    for (const end of this.#endings) end();
  }

  #stop(reason: string): void {
    this.#stopped ??= new DeploymentStopped(reason);
    this.#onStop?.();
  }
}
