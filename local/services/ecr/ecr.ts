import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AwsError } from '../../aws-error.ts';
import type { Operation, Service } from '../../service.ts';
import type { World } from '../../world.ts';
import { batchDeleteImage } from './batch-delete-image.ts';
import { batchGetImage } from './batch-get-image.ts';
import { type ContextFiles, digestOf, readContext } from './build-context.ts';
import { describeImages } from './describe-images.ts';
import { readDockerfile } from './dockerfile.ts';
import { noSuchImage, noSuchRepository, tagIsTaken } from './errors.ts';
import { type Image, type ImageId, type Repository, type StoredImage, tagsOf } from './image.ts';
import { ARTIFACT_TYPE, MANIFEST_TYPE, manifestOf, sha256 } from './manifest.ts';
import { putImage } from './put-image.ts';

export type { Image } from './image.ts';

export interface Push {
  readonly repository: string;
  readonly tag: string;
  /** A workload's directory with its Dockerfile … */
  readonly directory?: string;
  /** … and one whose files replace those of the same path in it. */
  readonly overlay?: string;
  /** In simulated worlds: any text in place of files. */
  readonly content?: string;
}

/** Image repositories. An image is a directory of files with the start words of its Dockerfile; no layers. */
export class Ecr implements Service {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly #world: World;
  readonly #repositories = new Map<string, Repository>();

  constructor(world: World) {
    this.#world = world;
    this.operations = {
      BatchDeleteImage: batchDeleteImage(this),
      BatchGetImage: batchGetImage(this, world),
      DescribeImages: describeImages(this, world),
      PutImage: putImage(this, world),
    };
  }

  createRepository(name: string, { isImmutable = false }: { isImmutable?: boolean } = {}): Repository {
    const { accountId, region } = this.#world;
    const existing = this.#repositories.get(name);
    if (existing !== undefined) return existing;
    const repository: Repository = {
      name,
      arn: `arn:aws:ecr:${region}:${accountId}:repository/${name}`,
      uri: `${accountId}.dkr.ecr.${region}.amazonaws.com/${name}`,
      isImmutable,
      images: new Map(),
      tags: new Map(),
    };
    this.#repositories.set(name, repository);
    return repository;
  }

  has(name: string): boolean {
    return this.#repositories.has(name);
  }

  /** @throws AwsError RepositoryNotFoundException */
  repository(name: string): Repository {
    const repository = this.#repositories.get(name);
    if (repository === undefined) throw noSuchRepository(name, this.#world.accountId);
    return repository;
  }

  /** Builds an image from a directory and pushes it: the tag moves to it, and EventBridge hears of it. */
  push({ repository: name, tag, directory, overlay, content }: Push): { digest: string } {
    const repository = this.repository(name);
    const image =
      directory === undefined
        ? this.#bare(content ?? '')
        : this.#build(readContext(directory, overlay), directory);
    repository.images.set(image.digest, repository.images.get(image.digest) ?? image);
    this.tag(repository, tag, image.digest);
    return { digest: image.digest };
  }

  /**
   * The tag is this image's from now on.
   *
   * @throws AwsError ImageTagAlreadyExistsException
   */
  tag(repository: Repository, tag: string, digest: string): void {
    if (repository.isImmutable && repository.tags.has(tag)) throw tagIsTaken(tag, repository.name);
    repository.tags.set(tag, digest);
    this.#world.journal.write(`ecr/${repository.name}`, `received ${tag} as ${digest.slice(0, 19)}…`);
    this.#emit('PUSH', repository, tag, digest);
  }

  untag(repository: Repository, tag: string): void {
    const digest = repository.tags.get(tag)!;
    repository.tags.delete(tag);
    this.#world.journal.write(`ecr/${repository.name}`, `lost ${tag} of ${digest.slice(0, 19)}…`);
    this.#emit('DELETE', repository, tag, digest);
  }

  /**
   * Finds an image by its URI, with a tag or a digest.
   *
   * @throws AwsError RepositoryNotFoundException, ImageNotFoundException
   */
  resolve(imageUri: string): Image {
    const [, name, imageTag, imageDigest] =
      /^[^/]+\/([^:@]+)(?::([^@]+))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(imageUri) ?? [];
    if (name === undefined) {
      throw new AwsError('InvalidParameterException', `'${imageUri}' is not the URI of an image in ECR.`);
    }
    const repository = this.repository(name);
    const image = this.find(repository, imageDigest ? { imageDigest } : { imageTag: imageTag ?? 'latest' });
    const { digest, directory, entrypoint, workdir } = image;
    return { repository: name, digest, tags: tagsOf(repository, digest), directory, entrypoint, workdir };
  }

  /** @throws AwsError ImageNotFoundException */
  find(repository: Repository, id: ImageId): StoredImage {
    const tagged = id.imageTag === undefined ? id.imageDigest : repository.tags.get(id.imageTag);
    const image = tagged === undefined ? undefined : repository.images.get(tagged);
    if (image === undefined || (id.imageDigest !== undefined && id.imageDigest !== image.digest)) {
      throw noSuchImage(id, repository.name, this.#world.accountId);
    }
    return image;
  }

  #emit(action: 'PUSH' | 'DELETE', repository: Repository, tag: string, digest: string): void {
    this.#world.events.emit({
      source: 'aws.ecr',
      detailType: 'ECR Image Action',
      resources: [],
      detail: {
        'action-type': action,
        result: 'SUCCESS',
        'repository-name': repository.name,
        'image-digest': digest,
        'image-tag': tag,
        'manifest-media-type': MANIFEST_TYPE,
        'artifact-media-type': ARTIFACT_TYPE,
      },
    });
  }

  #bare(content: string): StoredImage {
    const sizeBytes = Buffer.byteLength(content);
    const manifest = manifestOf(sha256(content), sizeBytes);
    return {
      digest: sha256(manifest),
      manifest,
      entrypoint: [],
      workdir: '/',
      sizeBytes,
      pushedMs: this.#world.clock.now(),
    };
  }

  #build(files: ContextFiles, source: string): StoredImage {
    // The Dockerfile may itself be ignored, but it decides what the image starts.
    const dockerfile = readFileSync(join(source, 'Dockerfile'), 'utf8');
    const digest = digestOf(files, dockerfile);
    const directory = join(this.#world.directory, 'images', digest);
    if (!existsSync(directory)) {
      for (const [path, bytes] of files) {
        const file = join(directory, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, bytes);
      }
    }
    const sizeBytes = [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0);
    const manifest = manifestOf(`sha256:${digest}`, sizeBytes);
    return {
      digest: sha256(manifest),
      manifest,
      directory,
      ...readDockerfile(dockerfile),
      sizeBytes,
      pushedMs: this.#world.clock.now(),
    };
  }
}
