/** A container image as a pipeline names it, taken apart. */
export interface ImageName {
  readonly registryId: string;
  /** `<account>.dkr.ecr.<region>.amazonaws.com` */
  readonly host: string;
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Where an execution runs: its region and account are the registry's, unless the image says otherwise. */
export interface Home {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** @param arn any ARN of the account and region, such as an execution's */
export function homeOf(arn: string): Home {
  const [, partition = 'aws', , region = '', accountId = ''] = arn.split(':');
  return { partition, region, accountId };
}

/** @param reference `repository:tag`, `repository@sha256:…`, or either behind a registry host; already known to be well formed */
export function parseImage(reference: string, home: Home): ImageName {
  const slash = reference.indexOf('/');
  const hasHost = slash > 0 && /^\d{12}\.dkr\.ecr\./.test(reference);
  const suffix = home.partition === 'aws-cn' ? '.cn' : '';
  const host = hasHost
    ? reference.slice(0, slash)
    : `${home.accountId}.dkr.ecr.${home.region}.amazonaws.com${suffix}`;
  const rest = hasHost ? reference.slice(slash + 1) : reference;
  const registryId = host.slice(0, 12);
  const [byDigest, digest] = rest.split('@');
  if (digest !== undefined) return { registryId, host, repository: byDigest!, digest };
  const [repository, tag] = rest.split(':');
  return { registryId, host, repository: repository!, tag: tag ?? 'latest' };
}

/** The address by which AWS pulls exactly this image. */
export const pinned = ({ host, repository }: ImageName, digest: string): string =>
  `${host}/${repository}@${digest}`;

interface ImageUsers {
  readonly image: string;
  readonly process: { readonly image?: string };
  readonly train: { readonly image?: string };
  readonly compile?: { readonly image?: string };
  readonly evaluate: { readonly image?: string };
  readonly deploy: { readonly image?: string };
}

/** Every image that a pipeline's steps run, each once, as it names them. A compiled model's may be left to Neo. */
export function imageReferences({ image, process, train, compile, evaluate, deploy }: ImageUsers): string[] {
  const steps = [process, train, evaluate, deploy].map((step) => step.image ?? image);
  return [...new Set([...steps, ...(compile?.image === undefined ? [] : [compile.image])])];
}
