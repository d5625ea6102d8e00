// The compiled trees as bytes. The file holds numbers only, little end first, and whoever reads it checks
// every one of them: a model comes from outside, whoever compiled it.
//
//   8 bytes   the word FDTREES1
//   4 × 4     features, trees, nodes (integers), base score (float)
//   then      for each feature how many thresholds it has (integers of 4 bytes)
//   then      all thresholds, all leaves (floats), the place of each split's threshold (2 bytes), each
//             node's feature (1 byte), in the order of FlatTrees

import { RefusedInputError } from '../container.ts';
import { type FlatTrees, leaf } from './flat-trees.ts';

const word = 'FDTREES1';
const headBytes = 24;

export function bytesOf(flat: FlatTrees): Buffer {
  const { thresholds, features, places, leaves } = flat;
  const head = Buffer.alloc(headBytes + 4 * thresholds.length);
  head.write(word, 0, 'latin1');
  head.writeUInt32LE(thresholds.length, 8);
  head.writeUInt32LE(flat.trees, 12);
  head.writeUInt32LE(features.length, 16);
  head.writeFloatLE(flat.baseScore, 20);
  thresholds.forEach((values, feature) => {
    head.writeUInt32LE(values.length, headBytes + 4 * feature);
  });
  return Buffer.concat([
    head,
    ...thresholds.map(floatsOut),
    floatsOut(leaves),
    Buffer.from(Uint8Array.from([...places].flatMap((place) => [place & 255, place >> 8]))),
    features,
  ]);
}

/** @throws RefusedInputError when the bytes are no whole forest */
export function treesFrom(bytes: Buffer): FlatTrees {
  if (bytes.toString('latin1', 0, word.length) !== word || bytes.length < headBytes)
    refuse('it does not begin as one');
  const [count, trees, nodes] = [8, 12, 16].map((place) => bytes.readUInt32LE(place)) as [
    number,
    number,
    number,
  ];
  const baseScore = bytes.readFloatLE(20);
  if (!(baseScore > 0 && baseScore < 1)) refuse(`its base score is ${baseScore}`);
  // A tree has one leaf more than it has splits.
  const splits = (nodes - trees) / 2;
  if (count < 1 || count >= leaf || trees < 1 || !Number.isInteger(splits) || splits < 0)
    refuse('its head is damaged');
  const countsEnd = headBytes + 4 * count;
  if (bytes.length < countsEnd) refuse('it ends too early');
  const counts = Array.from({ length: count }, (_, feature) => bytes.readUInt32LE(headBytes + 4 * feature));
  const floats = counts.reduce((sum, each) => sum + each, 0) + splits + trees;
  if (bytes.length !== countsEnd + 4 * floats + 2 * splits + nodes) refuse('its length is not what it says');

  let place = countsEnd;
  const take = (length: number): Float32Array => {
    const values = Float32Array.from({ length }, (_, index) => bytes.readFloatLE(place + 4 * index));
    place += 4 * length;
    return values;
  };
  const thresholds = counts.map(take);
  const leaves = take(splits + trees);
  const places = Uint16Array.from({ length: splits }, (_, index) => bytes.readUInt16LE(place + 2 * index));
  const features = Uint8Array.from(bytes.subarray(place + 2 * splits));
  const flat = { baseScore, thresholds, features, places, leaves, trees };
  refuseFaulty(flat);
  return flat;
}

function refuseFaulty({ thresholds, features, places, leaves, trees }: FlatTrees): void {
  for (const values of thresholds) {
    const isAscending = values.every(
      (value, index) => Number.isFinite(value) && (index === 0 || value > (values[index - 1] as number)),
    );
    if (!isAscending) refuse('its thresholds are out of order');
  }
  if (!leaves.every(Number.isFinite)) refuse('a leaf holds no number');
  let split = 0;
  let whole = 0;
  // How many nodes the tree that is being read still wants.
  let wanted = 0;
  for (const feature of features) {
    if (wanted === 0) wanted = 1;
    wanted += feature === leaf ? -1 : 1;
    if (wanted === 0) whole++;
    if (feature === leaf) continue;
    const known = thresholds[feature]?.length ?? 0;
    if ((places[split] ?? known) >= known) refuse('a split compares with nothing');
    split++;
  }
  if (wanted !== 0 || whole !== trees || split !== places.length) refuse('its trees are not whole');
}

function floatsOut(values: Float32Array): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => {
    bytes.writeFloatLE(value, 4 * index);
  });
  return bytes;
}

function refuse(what: string): never {
  throw new RefusedInputError(`The file of compiled trees cannot be used: ${what}.`);
}
