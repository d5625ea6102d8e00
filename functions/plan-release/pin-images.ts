import { PlanRefusedError } from '#shared/errors.ts';
import type { PinnedImages, ResolvedImage } from '#shared/generated/contracts.ts';
import { homeOf, parseImage, pinned } from '#shared/image.ts';
import type { ResolvedPipeline } from '#shared/pipeline.ts';

/** The image of each step by its digest: a tag may move while the release runs. */
export function pinImages(
  pipeline: ResolvedPipeline,
  resolved: readonly ResolvedImage[],
  executionArn: string,
): PinnedImages {
  const pin = (step: 'process' | 'train' | 'compile' | 'evaluate' | 'deploy'): string => {
    const reference = pipeline[step]?.image ?? pipeline.image;
    const found = resolved.find((image) => image.reference === reference);
    if (found === undefined) {
      throw new PlanRefusedError([
        { path: `$.${step}.image`, message: `is ${reference}, for which no digest was looked up` },
      ]);
    }
    return pinned(parseImage(reference, homeOf(executionArn)), found.digest);
  };
  return {
    process: pin('process'),
    train: pin('train'),
    evaluate: pin('evaluate'),
    deploy: pin('deploy'),
    // Neo names the image of a compiled model, unless the pipeline does.
    ...(pipeline.compile?.image !== undefined && { compile: pin('compile') }),
  };
}
