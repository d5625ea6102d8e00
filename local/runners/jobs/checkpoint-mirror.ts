import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AwsError } from '../../aws-error.ts';
import type { ExecutionRole } from '../../services/sagemaker/execution-role.ts';
import { below, deleteObject, inputFiles, putObject } from '../../services/sagemaker/jobs/storage.ts';
import type { World } from '../../world.ts';
import { listFiles, placeIn } from './list-files.ts';

/** How often the directory is looked at, in real milliseconds. */
const LOOK_EVERY_MS = 20;

interface Known {
  /** Size and time of the file when it was last looked at. */
  mark: string;
  inS3: boolean;
}

/**
 * Keeps a job's checkpoint directory and its S3 prefix alike, as SageMaker does:
 * what lies in S3 is copied in before the container starts, and from then on
 * every new, changed or deleted file is carried over.
 */
export class CheckpointMirror {
  readonly #world: World;
  readonly #role: ExecutionRole;
  readonly #directory: string;
  readonly #s3Uri: string;
  readonly #known = new Map<string, Known>();
  readonly #written = new Set<string>();
  readonly #onWritten: (count: number) => void;
  #timer: NodeJS.Timeout | undefined;

  /** @param onWritten is told how many different files this start has brought into S3 */
  constructor(
    world: World,
    role: ExecutionRole,
    directory: string,
    s3Uri: string,
    onWritten: (count: number) => void,
  ) {
    this.#world = world;
    this.#role = role;
    this.#directory = directory;
    // A directory's prefix, so that `…/ckpt` does not take `…/ckpt-old` for its own.
    this.#s3Uri = s3Uri.endsWith('/') ? s3Uri : `${s3Uri}/`;
    this.#onWritten = onWritten;
  }

  /** Copies the checkpoints in and begins to watch. */
  start(): void {
    mkdirSync(this.#directory, { recursive: true });
    for (const { path, body } of inputFiles(this.#world, this.#s3Uri, 'S3Prefix')) {
      const target = placeIn(this.#directory, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, body);
    }
    for (const { path, mark } of listFiles(this.#directory)) this.#known.set(path, { mark, inS3: true });
    this.#timer = setInterval(() => this.#look(false), LOOK_EVERY_MS);
  }

  /** Brings over what is left. The container must have ended. */
  stop(): void {
    clearInterval(this.#timer);
    this.#look(true);
  }

  #look(last: boolean): void {
    const present = new Set<string>();
    for (const { path, mark } of listFiles(this.#directory)) {
      present.add(path);
      const known = this.#known.get(path);
      const unchanged = known?.mark === mark;
      if (unchanged && known.inS3) continue;
      // A file that still grows, or is about to be renamed, is carried over once it has held still.
      const carry = unchanged || last;
      this.#known.set(path, { mark, inS3: carry });
      if (carry) this.#carry(path);
    }
    for (const [path, { inS3 }] of this.#known) {
      if (present.has(path)) continue;
      this.#known.delete(path);
      if (inS3) this.#try(() => deleteObject(this.#world, this.#role, below(this.#s3Uri, path)));
    }
  }

  /** What the role does not allow is left undone: the container goes on, but would not resume. */
  #try(act: () => void): boolean {
    try {
      act();
      return true;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      this.#world.journal.write('sagemaker/checkpoints', error.message);
      return false;
    }
  }

  #carry(path: string): void {
    let body: Uint8Array;
    try {
      body = readFileSync(join(this.#directory, path));
    } catch {
      // Deleted between the two looks: the next one sees that.
      return;
    }
    const carried = this.#try(() => putObject(this.#world, this.#role, below(this.#s3Uri, path), body));
    if (!carried) return;
    this.#written.add(path);
    this.#onWritten(this.#written.size);
  }
}
