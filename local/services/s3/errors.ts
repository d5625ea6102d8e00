import { AwsError } from '../../aws-error.ts';

export const noSuchBucket = (): AwsError =>
  new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);

export const noSuchKey = (): AwsError => new AwsError('NoSuchKey', 'The specified key does not exist.', 404);

export const noSuchVersion = (): AwsError =>
  new AwsError('NoSuchVersion', 'The specified version does not exist.', 404);

export const notAllowedOnMarker = (): AwsError =>
  new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405);

export const preconditionFailed = (): AwsError =>
  new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);

export const malformedXml = (): AwsError =>
  new AwsError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );

export const bucketNotEmpty = (): AwsError =>
  new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409);
