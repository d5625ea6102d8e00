import type { Fidelity } from '../../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'EventBridge schema registry',
  behaviours: [
    {
      behaviour: 'Registries and schemas in versions; a registry with schemas is not deleted',
      source: 'model; guide: Schema registries',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Content is OpenAPI 3.0.x or a JSON Schema of draft 4; how deeply AWS looks is not told, the words are ours',
      source: 'guide: Creating a schema',
      standing: 'ours',
    },
    {
      behaviour: 'Discovery, code bindings, AWS’s own registry',
      source: 'guide: Schema registries',
      standing: 'not modelled',
    },
  ],
};
