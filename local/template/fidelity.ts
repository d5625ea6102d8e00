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
      behaviour:
        'State machines, rules and their targets, functions, pollers of queues, queues, tables and alarms are held to the call by which CloudFormation makes them; a large batch needs a window, a role’s name has at most 64 characters',
      source: 'model; reported',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Names of buckets, topics and queues, and days for which logs are kept, are refused in other words, or not at all',
      source: 'each handler has words of its own',
      standing: 'ours',
    },
    {
      behaviour: 'A key whose policy lets nobody of the account change it is refused',
      source: 'guide: KMS key policies (lockout safety check)',
      standing: 'as AWS',
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
    {
      behaviour:
        'Names of buckets, queues and topics are checked as the services do; a policy within a role has to have a name',
      source: 'guides of the services; the text for the missing name is the schema’s',
      standing: 'as AWS',
    },
  ],
};
