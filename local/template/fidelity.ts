import type { Fidelity } from '../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'CloudFormation',
  behaviours: [
    {
      behaviour: 'Intrinsics, conditions, parameters and outputs; a `null` anywhere is refused',
      source: 'guide: Intrinsic functions; reported',
      standing: 'as AWS',
    },
    {
      behaviour: 'A resource type or property that is not modelled stops the run and names it',
      source: 'half a stack would prove nothing',
      standing: 'ours',
    },
    {
      behaviour: 'Generated names follow from stack and logical id',
      source: 'AWS’s end in random letters',
      standing: 'ours',
    },
    {
      behaviour: 'Updates, drift, change sets, custom resources',
      source: 'guide: CloudFormation',
      standing: 'not modelled',
    },
  ],
};
