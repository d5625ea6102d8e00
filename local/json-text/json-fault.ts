import { placeIn } from './fault.ts';
import { jsonTokens } from './tokens.ts';

/**
 * What is wrong with a text that `JSON.parse` has refused, and where: in the
 * words of Jackson, with which Step Functions reads (recorded).
 */
export const jsonFault = (source: string): { readonly reason: string; readonly location: string } => {
  const { fault } = jsonTokens(source);
  // Jackson stops behind the first value; what stands there has words of ours.
  const { message, offset } = fault ?? { message: 'Unexpected text behind the value', offset: source.length };
  return { reason: message, location: placeIn(source, offset) };
};
