import type { World } from '../../../world.ts';
import type { CompilationRequest } from './requests.ts';

export type CompilationStatus = 'STARTING' | 'INPROGRESS' | 'COMPLETED' | 'FAILED' | 'STOPPING' | 'STOPPED';

/** What a compiled model is and what serves it. */
export interface Compiled {
  readonly modelDataUrl: string;
  /** `sha256:` and the archive's digest. */
  readonly digest: string;
  /** Neo's own runtime for the target; there is none for devices. */
  readonly image: string | undefined;
}

/** One compilation job. Nobody is told of its changes: Neo sends no event. */
export class CompilationJob {
  readonly name: string;
  readonly arn: string;
  readonly request: CompilationRequest;
  readonly createdMs: number;
  modifiedMs: number;
  status: CompilationStatus = 'STARTING';
  failureReason = '';
  startedMs: number | undefined;
  endedMs: number | undefined;
  compiled: Compiled | undefined;
  readonly #world: World;

  constructor(world: World, arn: string, request: CompilationRequest) {
    this.#world = world;
    this.name = request.CompilationJobName;
    this.arn = arn;
    this.request = request;
    this.createdMs = world.clock.now();
    this.modifiedMs = this.createdMs;
  }

  get hasEnded(): boolean {
    return ['COMPLETED', 'FAILED', 'STOPPED'].includes(this.status);
  }

  enter(status: CompilationStatus, what: string = status): void {
    const nowMs = this.#world.clock.now();
    this.status = status;
    this.modifiedMs = nowMs;
    if (status === 'INPROGRESS') this.startedMs = nowMs;
    if (this.hasEnded) this.endedMs = nowMs;
    this.#world.journal.write(`sagemaker/compilation-job/${this.name}`, what);
  }
}
