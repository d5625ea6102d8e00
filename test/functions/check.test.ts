import { Ajv } from 'ajv';
import fc from 'fast-check';
import { check } from '../../functions/shared/check.ts';
import pipelines from '../../functions/shared/generated/pipelines.json' with { type: 'json' };
import pipelineContract from '../../functions/shared/generated/schemas/pipeline.json' with { type: 'json' };
import { readContracts } from '../../packaging/contracts.ts';

const ajv = new Ajv({
  schemas: readContracts().map(({ schema }) => schema),
  allErrors: true,
  useDefaults: true,
  allowUnionTypes: true,
});
const byAjv = ajv.getSchema('https://signalbox.invalid/schemas/1/pipeline.schema.json')!;

/** A valid pipeline with one value somewhere in it replaced or removed, or one field added. */
const damaged = fc
  .tuple(fc.nat(), fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant(undefined)), fc.boolean())
  .map(([at, value, add]) => {
    const pipeline: unknown = structuredClone(pipelines['flight-delay']);
    const places: [Record<string, unknown>, string][] = [];
    const visit = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      for (const key of Object.keys(node)) {
        places.push([node as Record<string, unknown>, key]);
        visit((node as Record<string, unknown>)[key]);
      }
    };
    visit(pipeline);
    const [parent, key] = places[at % places.length]!;
    if (add && !Array.isArray(parent)) parent.added = value ?? null;
    else if (value === undefined && !Array.isArray(parent)) delete parent[key];
    else parent[key] = value ?? null;
    return pipeline;
  });

describe('checking against a contract', () => {
  test('gives the verdict and the defaults that ajv gives, for pipelines damaged in any place', () => {
    fc.assert(
      fc.property(damaged, (pipeline) => {
        const ours = structuredClone(pipeline);
        const theirs = structuredClone(pipeline);

        const valid = check(pipelineContract, ours).length === 0;

        expect(valid).toBe(byAjv(theirs));
        if (valid) expect(ours).toEqual(theirs);
      }),
      { numRuns: 1000 },
    );
  });

  test('never throws on any JSON', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => Array.isArray(check(pipelineContract, value))));
  });
});
