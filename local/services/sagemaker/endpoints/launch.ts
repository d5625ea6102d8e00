import type { Fleet } from '../../../runners/runner.ts';
import type { World } from '../../../world.ts';
import { ExecutionRole } from '../execution-role.ts';
import { parseS3Uri } from '../jobs/storage.ts';
import type { Endpoint } from './endpoint.ts';
import { InstanceMeter } from './instance-meter.ts';
import type { Variant } from './variant.ts';

/** About what AWS takes to get instances, pull an image and download a model. */
const FLEET_SECONDS = 180;

export const fleetSeconds = (world: World): number =>
  world.scenario.provisioning?.fleetSeconds ?? FLEET_SECONDS;

/** New fleets on their way, one per variant. What becomes ready after `discard` is stopped at once. */
export class Launch {
  /** Resolves when all fleets answer `/ping`; rejects with why one does not. */
  readonly ready: Promise<Fleet[]>;
  readonly #world: World;
  readonly #starting: Promise<Fleet>[];
  #discarded = false;

  constructor(world: World, variants: readonly Variant[]) {
    this.#world = world;
    this.#starting = variants.map((variant) => this.#start(variant));
    this.ready = Promise.all(this.#starting);
    this.ready.catch(() => {});
  }

  /** Gives the fleets their places at the router, without traffic yet. */
  async place(endpoint: Endpoint, variants: readonly Variant[]): Promise<void> {
    const fleets = await this.ready;
    variants.forEach((variant, index) => {
      const fleet = fleets[index]!;
      variant.slot = endpoint.router.add(variant, variant.fleet.endpointConfigName, fleet);
      variant.slot.instances = new InstanceMeter(this.#world, endpoint.name, variant, fleet);
    });
  }

  /** Stops what has started and what still will. For fleets that have no place at a router. */
  discard(): void {
    this.#discarded = true;
    for (const starting of this.#starting) {
      starting.then(
        (fleet) => fleet.stop(),
        () => {},
      );
    }
  }

  /** The instances pull image and model in the execution role, each time anew. @throws Error in SageMaker's words */
  #requireRole({ executionRoleArn, fleet }: Variant): void {
    if (executionRoleArn === undefined) return;
    const role = new ExecutionRole(this.#world, executionRoleArn);
    const missing = role.missingForImage(fleet.imageUri);
    if (missing !== undefined) {
      throw new Error(
        `The role '${role.arn}' does not have ${missing} permission for the image: '${fleet.imageUri}'.`,
      );
    }
    if (fleet.modelDataUrl !== undefined) {
      const { bucket, key } = parseS3Uri(fleet.modelDataUrl);
      if (!role.mayRead(bucket, key)) throw new Error(cannotDownload(fleet.modelDataUrl));
    }
    role.observes('/aws/sagemaker/Endpoints', `${fleet.endpointName}/${fleet.variantName}`);
  }

  async #start(variant: Variant): Promise<Fleet> {
    await this.#world.clock.sleep(fleetSeconds(this.#world) * 1000);
    if (this.#discarded) throw new Error('The fleet is not wanted any more.');
    this.#requireRole(variant);
    return this.#world.fleets.startFleet(variant.fleet);
  }
}

/** Reported word for word. */
const cannotDownload = (uri: string): string =>
  `Failed to download model data for container "container_1" from URL: "${uri}". Please ensure that there is an object located at the URL and that the role passed to CreateModel has permissions to download the object.`;
