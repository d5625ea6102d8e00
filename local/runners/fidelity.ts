import type { Fidelity } from '../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'Containers',
  behaviours: [
    {
      behaviour:
        'Files below `SAGEMAKER_BASE_DIR` (AWS: `/opt/ml`), environment, SIGTERM then SIGKILL after 120 s, checkpoints mirrored to S3 with deletes and copied back',
      source: 'guide: How SageMaker runs your training image',
      standing: 'as AWS',
    },
    {
      behaviour: 'A container is a child process of the workload’s own code, without Docker',
      source: 'no Docker on a laptop',
      standing: 'ours',
    },
    {
      behaviour:
        'A reclaim in `npm start` comes after so many checkpoints instead of after so much time, so that it always hits training',
      source: 'a demonstration must show it',
      standing: 'ours',
    },
    {
      behaviour:
        'A process that crashes, or cannot be started, fails its job with its last output; a serving process that dies answers 503 from then on',
      source: 'guide: How SageMaker runs your training image; the output is ours',
      standing: 'ours',
    },
  ],
};
