// Chance as a value. Each tree draws from its own stream, derived from the seed and the tree's number, so a
// training that resumes at tree 120 draws what an uninterrupted one would have drawn there.

export function randomStream(seed: number, tree: number): () => number {
  let state = scramble(seed ^ Math.imul(tree + 1, 0x9e3779b9));
  // Mulberry32: one 32-bit word of state, plenty for picking rows.
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A Fisher-Yates shuffle of a copy. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const copy = [...items];
  for (let last = copy.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [copy[last], copy[other]] = [copy[other] as T, copy[last] as T];
  }
  return copy;
}

// Neighbouring seeds and trees must not give neighbouring streams (the finaliser of MurmurHash3).
function scramble(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) | 0;
}
