import type { World } from '../../../world.ts';
import { emitDeploymentChange, emitEndpointChange } from './events.ts';
import type { Router } from './router.ts';
import type { DataCaptureConfig, DeploymentConfig, EndpointStatus, VariantStatusName } from './shapes.ts';
import type { EndpointConfig } from './store.ts';
import type { Variant } from './variant.ts';

export interface VariantView {
  readonly VariantName: string;
  readonly VariantStatus?: readonly { Status: VariantStatusName; StatusMessage?: string; StartTime: Date }[];
  readonly [member: string]: unknown;
}

interface Pending {
  readonly configName: string;
  readonly startMs: number;
  readonly variants: readonly Variant[];
  /** False where guardrails do not apply: then no event tells how far it is. */
  readonly isGuarded: boolean;
}

/** One endpoint as `DescribeEndpoint` sees it. Each change of its status is told to diary and EventBridge. */
export class Endpoint {
  readonly name: string;
  readonly arn: string;
  readonly createdMs: number;
  readonly router: Router;
  modifiedMs: number;
  /** The config that serves (or that creation is heading for). */
  configName: string;
  status: EndpointStatus = 'Creating';
  failureReason: string | undefined;
  variants: readonly Variant[] = [];
  /** Fleets of a newer config that a failed rollback left serving beside `variants`. */
  stranded: readonly Variant[] = [];
  pending: Pending | undefined;
  dataCapture: DataCaptureConfig | undefined;
  lastDeploymentConfig: DeploymentConfig | undefined;
  /** What `UpdateEndpoint.RetainDeploymentConfig` falls back on; CreateEndpoint stores one too. */
  storedDeploymentConfig: DeploymentConfig | undefined;
  readonly #world: World;

  constructor(world: World, router: Router, name: string, arn: string, config: EndpointConfig) {
    this.#world = world;
    this.router = router;
    this.name = name;
    this.arn = arn;
    this.configName = config.name;
    this.dataCapture = config.request.DataCaptureConfig;
    this.createdMs = world.clock.now();
    this.modifiedMs = this.createdMs;
  }

  /** The variant of this name that serves. */
  variant(name: string): Variant | undefined {
    return this.variants.find((variant) => variant.name === name);
  }

  get configNames(): string[] {
    return [this.configName, ...(this.pending ? [this.pending.configName] : [])];
  }

  /** While one of these is under way SageMaker accepts no other change. */
  get isBusy(): boolean {
    return !['InService', 'Failed', 'UpdateRollbackFailed'].includes(this.status);
  }

  become(status: EndpointStatus, failureReason?: string): void {
    this.status = status;
    this.failureReason = failureReason;
    this.modifiedMs = this.#world.clock.now();
    this.journal(`${status} on ${this.configName}${failureReason ? `: ${failureReason}` : ''}`);
    emitEndpointChange(this.#world, this, status);
  }

  /** The fleets that are on their way begin to show in `PendingDeploymentSummary`. */
  expect(configName: string, variants: readonly Variant[], isGuarded = true): void {
    this.pending = { configName, startMs: this.#world.clock.now(), variants, isGuarded };
  }

  /** Where the pending fleets stand; one event per step. */
  progress(status: VariantStatusName, message: string): void {
    for (const variant of this.pending?.variants ?? []) {
      variant.statuses = [
        { Status: status, StatusMessage: message, StartTime: new Date(this.#world.clock.now()) },
      ];
    }
    this.journal(`${this.pending?.configName} ${status}: ${message}`);
    if (this.pending?.isGuarded) emitDeploymentChange(this.#world, this);
  }

  journal(what: string): void {
    this.#world.journal.write(`sagemaker/endpoint/${this.name}`, what);
  }

  /** What answers, or with `isShadow` what only listens. */
  variantViews(isShadow = false): VariantView[] {
    return this.variants.filter((variant) => variant.isShadow === isShadow).map(view);
  }

  pendingViews(isShadow = false): VariantView[] {
    return (this.pending?.variants ?? [])
      .filter((variant) => variant.isShadow === isShadow)
      .map((variant) => ({ ...view(variant), InstanceType: variant.instanceType }));
  }
}

const view = (variant: Variant): VariantView => ({
  VariantName: variant.name,
  DeployedImages: [variant.image],
  CurrentWeight: variant.weight,
  DesiredWeight: variant.desiredWeight,
  CurrentInstanceCount: variant.instanceCount,
  DesiredInstanceCount: variant.desiredInstanceCount,
  ...(variant.statuses === undefined ? {} : { VariantStatus: variant.statuses }),
});
