import { AwsError } from '../../aws-error.ts';

/** AWS's largest and default page for every list of Step Functions (API model: PageSize). */
const LARGEST_PAGE = 1_000;
const DEFAULT_PAGE = 100;

interface PageInput {
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** One page of a list. The token is the place of the next item, made to look like nothing in particular. */
export function pageOf<T>(
  items: readonly T[],
  { maxResults, nextToken }: PageInput,
): { items: T[]; nextToken?: string } {
  const from = nextToken === undefined ? 0 : placeIn(nextToken);
  const count = Math.min(maxResults || DEFAULT_PAGE, LARGEST_PAGE);
  const next = from + count;
  return {
    items: items.slice(from, next),
    ...(next < items.length && { nextToken: Buffer.from(`from:${next}`).toString('base64') }),
  };
}

function placeIn(token: string): number {
  const place = /^from:(\d+)$/.exec(Buffer.from(token, 'base64').toString('utf8'))?.[1];
  if (place === undefined) throw new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
  return Number(place);
}
