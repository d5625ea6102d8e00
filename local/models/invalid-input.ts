import { AwsError } from '../aws-error.ts';
import type { ServiceName } from '../service.ts';

/** What is wrong with an input, in the words that most services share. */
export interface Faults {
  readonly values: string[];
  readonly unknown: string[];
}

/** The code under which a service answers an input that its model refuses. Others answer `ValidationException`. */
const codes: Readonly<Partial<Record<ServiceName, string>>> = {
  cloudwatch: 'ValidationError',
  ecr: 'InvalidParameterException',
  s3: 'InvalidArgument',
  'sagemaker-runtime': 'ValidationError',
  sns: 'ValidationError',
  sqs: 'InvalidParameterValue',
};

/** An input's faults as the service tells them: most list all of them, some only the first. */
export const invalidInput = (service: ServiceName, { values, unknown }: Faults): AwsError => {
  const code = codes[service] ?? 'ValidationException';
  if (unknown.length > 0) return new AwsError(code, unknown.join('\n'));
  const first =
    /^Value (?<value>.*) at '(?<path>[^']*)' failed to satisfy constraint: (?<constraint>.*)$/s.exec(
      values[0]!,
    )?.groups;
  if (service === 'ecr' && first) return inWordsOfEcr(code, first.path!, first.constraint!);
  if (service === 'sqs' && first?.value === 'null') return missingFromSqs(first.path!);
  const count = `${values.length} validation error${values.length > 1 ? 's' : ''} detected`;
  return new AwsError(code, `${count}: ${values.join('; ')}`);
};

/** Seen in public reports for names and tags; ECR tells the first fault alone. */
const inWordsOfEcr = (code: string, path: string, constraint: string): AwsError => {
  const rule = constraint
    .replace(
      /^Member must satisfy regular expression pattern: (.*)$/s,
      "must satisfy regular expression '$1'",
    )
    .replace(/^Member /, '');
  return new AwsError(code, `Invalid parameter at '${path}' failed to satisfy constraint: '${rule}'`);
};

/** Recorded: SQS names a missing member as its API writes it. */
const missingFromSqs = (path: string): AwsError =>
  new AwsError(
    'MissingParameter',
    `The request must contain the parameter ${path[0]!.toUpperCase()}${path.slice(1)}.`,
  );
