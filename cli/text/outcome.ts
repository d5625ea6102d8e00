import { type Paint, paint } from '../../play/terminal/paint.ts';

/** Colours by what they say; a terminal without colour gets plain words. */
export const pens = (hasColour: boolean): Paint => paint(hasColour);

/** Each outcome in the colour of its news. */
export function paintOutcome(outcome: string, text: string, pen: Paint): string {
  switch (outcome) {
    case 'LIVE':
    case 'DELIVERED':
      return pen.good(text);
    case 'FAILED':
      return pen.bad(text);
    case 'RUNNING':
      return pen.path(text);
    default:
      return pen.warn(text);
  }
}
