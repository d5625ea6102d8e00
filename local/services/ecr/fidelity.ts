import type { Fidelity } from '../../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'ECR',
  behaviours: [
    {
      behaviour:
        'An image is a copy of a directory; its digest is over the files; entry point and working directory are read from the Dockerfile; nothing is built',
      source: 'no Docker on a laptop',
      standing: 'ours',
    },
  ],
};
