/** An image as the runners need it: where its files are and what its container starts. */
export interface Image {
  readonly repository: string;
  /** `sha256:` and 64 hex digits. */
  readonly digest: string;
  readonly tags: readonly string[];
  /** The image's files on this machine; undefined for an image pushed as a bare content, in simulated worlds. */
  readonly directory?: string;
  /** The Dockerfile's ENTRYPOINT in exec form. */
  readonly entrypoint: readonly string[];
  /** The Dockerfile's WORKDIR: where in the container the files lie. */
  readonly workdir: string;
}

/** How callers name an image. */
export interface ImageId {
  readonly imageDigest?: string;
  readonly imageTag?: string;
}

export interface StoredImage {
  /** Of the manifest. */
  readonly digest: string;
  readonly manifest: string;
  readonly directory?: string;
  readonly entrypoint: readonly string[];
  readonly workdir: string;
  readonly sizeBytes: number;
  /** Epoch milliseconds. */
  readonly pushedMs: number;
}

export interface Repository {
  readonly name: string;
  readonly arn: string;
  readonly uri: string;
  /** A tag that is there stays where it is. */
  readonly isImmutable: boolean;
  /** By digest. */
  readonly images: Map<string, StoredImage>;
  /** From tag to digest. */
  readonly tags: Map<string, string>;
}

export const tagsOf = (repository: Repository, digest: string): string[] =>
  [...repository.tags].filter(([, of]) => of === digest).map(([tag]) => tag);
