// Random trees, and rows that stand exactly on their thresholds: every evaluator must answer as the trained
// trees do, to the bit.

import fc from 'fast-check';
import { type Evaluator, walkEvaluator } from '../../workloads/flight-delay/compiled/evaluators.ts';
import { flatten } from '../../workloads/flight-delay/compiled/flat-trees.ts';
import { canMask, maskEvaluator } from '../../workloads/flight-delay/compiled/mask-evaluator.ts';
import { bytesOf, treesFrom } from '../../workloads/flight-delay/compiled/trees-file.ts';
import type { BoostedModel } from '../../workloads/flight-delay/model/xgboost-json.ts';
import { predictMargin, type Tree } from '../../workloads/flight-delay/trees/tree.ts';

interface Split {
  readonly feature: number;
  readonly threshold: number;
  readonly left: Shape;
  readonly right: Shape;
}
type Shape = number | Split;

const finite = fc.float({ noNaN: true, noDefaultInfinity: true });
// Few of them, so that trees share thresholds and rows meet them exactly; and the corners of float32.
const edges = fc.constantFrom(0, -0, 1, -1, 2 ** -149, -(2 ** -149), 3.4028234663852886e38, Math.fround(0.1));
const threshold = fc.oneof({ weight: 3, arbitrary: edges }, finite);
const value = fc.oneof(
  { weight: 4, arbitrary: threshold },
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
);

const shapes = (depth: number): fc.Arbitrary<Shape> =>
  depth === 0
    ? finite
    : fc.oneof(
        { weight: 1, arbitrary: finite },
        {
          weight: 4,
          arbitrary: fc.record({
            feature: fc.nat(6),
            threshold,
            left: shapes(depth - 1),
            right: shapes(depth - 1),
          }),
        },
      );

const models = (depth: number) =>
  fc.record({
    baseScore: fc.constantFrom(0.25, 0.5).map(Math.fround),
    features: fc.constant(7),
    trees: fc.array(shapes(depth).map(treeOf), { minLength: 1, maxLength: 8 }),
  });
const rows = fc.array(fc.array(value, { minLength: 7, maxLength: 7 }), { minLength: 1, maxLength: 20 });

/** Nodes level by level, as XGBoost numbers them: not the order in which they are compiled. */
function treeOf(shape: Shape): Tree {
  const nodes: Shape[] = [shape];
  const children: number[][] = [];
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at] as Shape;
    children.push(
      typeof node === 'number' ? [-1, -1] : [nodes.push(node.left) - 1, nodes.push(node.right) - 1],
    );
  }
  return {
    leftChildren: children.map(([left]) => left as number),
    rightChildren: children.map(([, right]) => right as number),
    splitFeatures: nodes.map((node) => (typeof node === 'number' ? 0 : node.feature)),
    splitConditions: nodes.map((node) => (typeof node === 'number' ? node : node.threshold)),
    parents: [],
    gains: [],
    covers: [],
    weights: [],
  };
}

function expectEqual(model: BoostedModel, evaluate: Evaluator, table: readonly number[][]): void {
  const values = Float32Array.from(table.flat());
  table.forEach((_, row) => {
    const base = Math.fround(-1.1);
    expect(evaluate(values, row * 7, base)).toBe(predictMargin(base, model.trees, values, row * 7));
  });
}

test('by masks, any trees of at most 32 leaves answer as they did', () => {
  fc.assert(
    fc.property(models(5), rows, (model, table) => {
      const flat = treesFrom(bytesOf(flatten(model)));

      expect(canMask(flat)).toBe(true);
      expectEqual(model, maskEvaluator(flat), table);
    }),
  );
});

test('by walking, any trees answer as they did', () => {
  fc.assert(
    fc.property(models(7), rows, (model, table) => {
      expectEqual(model, walkEvaluator(treesFrom(bytesOf(flatten(model)))), table);
    }),
  );
});

test('a full tree of 32 leaves can be masked, one of 33 cannot', () => {
  const full = (depth: number): Shape =>
    depth === 0 ? 1 : { feature: 0, threshold: depth, left: full(depth - 1), right: full(depth - 1) };
  const deeper: Shape = { feature: 1, threshold: 9, left: full(5), right: 2 };
  const modelOf = (shape: Shape) => flatten({ baseScore: 0.5, features: 2, trees: [treeOf(shape)] });

  expect(canMask(modelOf(full(5)))).toBe(true);
  expect(canMask(modelOf(deeper))).toBe(false);
});

test('the file is read back as it was written', () => {
  fc.assert(
    fc.property(models(6), (model) => {
      const flat = flatten(model);

      expect(treesFrom(bytesOf(flat))).toEqual(flat);
    }),
  );
});

test('a damaged file is refused, or is another whole forest that answers', () => {
  fc.assert(
    fc.property(
      models(4),
      rows,
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (model, table, place, change) => {
        const bytes = bytesOf(flatten(model));
        const at = place % bytes.length;
        bytes[at] = (bytes[at] as number) ^ change;
        const values = Float32Array.from(table.flat());

        const answer = () => {
          const flat = treesFrom(bytes);
          // A change of the head may make it a forest over more features than a row has.
          fc.pre(flat.thresholds.length === 7);
          return [walkEvaluator(flat), maskEvaluator(flat)].map((evaluate) => evaluate(values, 0, 0));
        };

        let answers: number[];
        try {
          answers = answer();
        } catch (error) {
          expect((error as Error).name).toMatch(/RefusedInputError|PreconditionFailure/);
          return;
        }
        expect(answers[1]).toBe(answers[0]);
      },
    ),
  );
});

test('a file that was cut off is refused', () => {
  fc.assert(
    fc.property(models(3), fc.nat(), (model, length) => {
      const bytes = bytesOf(flatten(model));

      expect(() => treesFrom(bytes.subarray(0, length % bytes.length))).toThrow('cannot be used');
    }),
  );
});
