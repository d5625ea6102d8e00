import { processingDescription } from './describe-processing-job.ts';
import { trainingDescription } from './describe-training-job.ts';
import type { ProcessingJob } from './processing-job.ts';
import type { TrainingJob } from './training-job.ts';

// The `detail` of SageMaker's job events is the Describe answer in other clothes: times are epoch
// milliseconds, tags a map, and some of a processing job's enum values are written in capitals.

export const trainingEventDetail = (job: TrainingJob): Record<string, unknown> =>
  inEventDress({ ...trainingDescription(job), Tags: job.tags() });

export const processingEventDetail = (job: ProcessingJob): Record<string, unknown> =>
  inEventDress({ ...processingDescription(job), Tags: job.tags() }, IN_CAPITALS);

/** Samples show MANIFEST_FILE, PIPE, FULLYREPLICATED and CONTINUOUS; the others follow by analogy. */
const IN_CAPITALS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  S3DataType: { ManifestFile: 'MANIFEST_FILE', S3Prefix: 'S3_PREFIX' },
  S3InputMode: { Pipe: 'PIPE', File: 'FILE' },
  S3DataDistributionType: { FullyReplicated: 'FULLYREPLICATED', ShardedByS3Key: 'SHARDEDBYS3KEY' },
  S3CompressionType: { None: 'NONE', Gzip: 'GZIP' },
  S3UploadMode: { Continuous: 'CONTINUOUS', EndOfJob: 'END_OF_JOB' },
};

// biome-ignore lint/suspicious/noExplicitAny: any JSON-like value goes in and comes out.
function inEventDress(value: any, words?: typeof IN_CAPITALS): any {
  if (value instanceof Date) return value.getTime();
  if (Array.isArray(value)) return value.map((item) => inEventDress(item, words));
  if (value === null || typeof value !== 'object') return value;
  const dressed: Record<string, unknown> = {};
  for (const key in value) {
    const item = value[key];
    dressed[key] = (typeof item === 'string' && words?.[key]?.[item]) || inEventDress(item, words);
  }
  return dressed;
}
