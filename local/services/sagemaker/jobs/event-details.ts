import { processingDescription } from './describe-processing-job.ts';
import { trainingDescription } from './describe-training-job.ts';
import type { ProcessingJob } from './processing-job.ts';
import type { TrainingJob } from './training-job.ts';

// The `detail` of SageMaker's job events is the Describe answer in other clothes: times are epoch
// milliseconds, tags a map, and some of a processing job's enum values are written in capitals.

export const trainingEventDetail = (job: TrainingJob): Record<string, unknown> =>
  inEventDress({ ...trainingDescription(job), Tags: job.tags() });

export const processingEventDetail = (job: ProcessingJob): Record<string, unknown> =>
  inEventDress(capitalised({ ...processingDescription(job), Tags: job.tags() }));

/** Samples show MANIFEST_FILE, PIPE, FULLYREPLICATED and CONTINUOUS; the others follow by analogy. */
const IN_CAPITALS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  S3DataType: { ManifestFile: 'MANIFEST_FILE', S3Prefix: 'S3_PREFIX' },
  S3InputMode: { Pipe: 'PIPE', File: 'FILE' },
  S3DataDistributionType: { FullyReplicated: 'FULLYREPLICATED', ShardedByS3Key: 'SHARDEDBYS3KEY' },
  S3CompressionType: { None: 'NONE', Gzip: 'GZIP' },
  S3UploadMode: { Continuous: 'CONTINUOUS', EndOfJob: 'END_OF_JOB' },
};

// biome-ignore lint/suspicious/noExplicitAny: any JSON-like value goes in and comes out.
function inEventDress(value: any): any {
  if (value instanceof Date) return value.getTime();
  if (Array.isArray(value)) return value.map(inEventDress);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inEventDress(item)]));
}

// biome-ignore lint/suspicious/noExplicitAny: any JSON-like value goes in and comes out.
function capitalised(value: any): any {
  if (Array.isArray(value)) return value.map(capitalised);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      (typeof item === 'string' && IN_CAPITALS[key]?.[item]) || capitalised(item),
    ]),
  );
}
