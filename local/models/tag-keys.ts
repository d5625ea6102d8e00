import { AwsError } from '../aws-error.ts';

/**
 * Refuses tags whose keys are AWS's own, in the words that most services share;
 * which code each gives is not known.
 *
 * @param tags a list of `{ Key, Value }` in either case, or keys with their values
 * @throws AwsError ValidationException
 */
export const checkTagKeys = (tags: unknown): void => {
  if (typeof tags !== 'object' || tags === null) return;
  const keys = Array.isArray(tags) ? tags.map((tag) => tag?.Key ?? tag?.key) : Object.keys(tags);
  if (keys.some((key) => /^aws:/i.test(String(key)))) {
    throw new AwsError(
      'ValidationException',
      'aws: prefixed tag key names are not allowed for external use.',
    );
  }
};
