import type { Fidelity } from '../../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'ECR',
  behaviours: [
    {
      behaviour:
        'An image is a copy of a directory; its manifest names the digest of its files and no layers; entry point and working directory are read from the Dockerfile; nothing is built',
      source: 'no Docker on a laptop',
      standing: 'ours',
    },
    {
      behaviour:
        'An image’s digest is its manifest’s; `PutImage` gives one that is there a further tag, which is refused when it is there already or another’s in an immutable repository',
      source: 'model: PutImage; reported: circleci-public/aws-ecr-orb#261, moby/buildkit#3776',
      standing: 'as AWS',
    },
    {
      behaviour:
        '`BatchDeleteImage` by tag takes the tag, and with the last tag the image; by digest the image with its tags',
      source: 'model: BatchDeleteImage',
      standing: 'as AWS',
    },
    {
      behaviour: 'Each tag given or taken is told as an `ECR Image Action`',
      source: 'guide: Amazon ECR events and EventBridge',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Layers, `PutImage` of images that were never pushed, life cycle rules and exclusions from immutability',
      source: 'model: PutImage; guide: Image tag mutability',
      standing: 'not modelled',
    },
  ],
};
