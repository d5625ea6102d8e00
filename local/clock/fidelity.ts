import type { Fidelity } from '../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'Time and chance',
  behaviours: [
    {
      behaviour:
        'Virtual time jumps to the next due moment; ties go to who asked first; the same seed gives the same journal',
      source: 'the design',
      standing: 'ours',
    },
    {
      behaviour: 'Ids, sequencers and receipt handles come from the seed',
      source: 'the design',
      standing: 'ours',
    },
  ],
};
