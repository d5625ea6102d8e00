// Which share of the data a flight belongs to. The answer depends on the flight's identity alone: not on
// its label, its file, its place in the file or the other flights. A row that is in today's test share was
// in the test share of every earlier release, so no champion has trained on it.

import { createHash } from 'node:crypto';
import { type Flight, identityOf } from './flight.ts';

export const shares = ['train', 'validation', 'test'] as const;
export type Share = (typeof shares)[number];

export function shareOf(flight: Flight): Share {
  const position = createHash('sha256').update(identityOf(flight)).digest().readUInt32BE(0) / 2 ** 32;
  if (position < 0.7) return 'train';
  return position < 0.8 ? 'validation' : 'test';
}
