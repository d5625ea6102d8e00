import type { Fidelity } from '../../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'Step Functions: what is refused at creation',
  behaviours: [
    {
      behaviour:
        'Codes, texts and places of `CreateStateMachine` and `ValidateStateMachineDefinition` for texts that are no JSON, missing fields, unknown types, missing credentials, resources that do not exist, waits that Express cannot do, moments that are none and JSONPath in a JSONata machine',
      source: 'recorded',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Missing targets, states that nobody reaches, no end (asked of the machine alone), JSONata that does not parse, bare references, `$$`, and members of `$states` that a field has not',
      source: 'reported: localstack#11978, cfn-lint#4074, floci#2745, floci#2786',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Ranges of numbers, fields that exclude each other, wrong enumerations and texts, `States.ALL` among others, reserved and ill-formed variable names, the parts of a distributed Map',
      source:
        'reported: aws-cdk#10530, cfn-lint#4075, floci#2968, floci#3733, measured rules of cdk-preflight',
      standing: 'as AWS',
    },
    {
      behaviour:
        'A written-out argument that its service does not know, or one that is needed and missing, is refused at creation, however deep and whatever expressions stand beside it',
      source: 'guide: Passing parameters to a service API; reported for arguments without expressions',
      standing: 'unconfirmed',
      case: 'stepfunctions/definition-faults',
    },
    {
      behaviour:
        'Words for names used twice, labels, names that are too long, variables of an outer scope, delays below their interval and types other than text and number',
      source: 'API reference tells the codes',
      standing: 'unconfirmed',
      case: 'stepfunctions/definition-faults',
    },
    {
      behaviour: 'Transitions and variables are judged only when nothing else is wrong',
      source: 'no source',
      standing: 'unconfirmed',
      case: 'stepfunctions/definition-faults',
    },
    {
      behaviour: 'A state name that stands twice among the same `States` is not seen: the last one counts',
      source: 'JSON as it is parsed here',
      standing: 'ours',
    },
    {
      behaviour:
        'What AWS takes and this world does not (JSONPath, activities, other integrations) is refused as `NOT_MODELLED_LOCALLY`, which says so',
      source: 'no such code at AWS',
      standing: 'ours',
    },
    {
      behaviour: 'Warnings (`NO_DOLLAR`, `NO_PATH`, `PASS_RESULT_IS_STATIC`): all of them are about JSONPath',
      source: 'API reference',
      standing: 'not modelled',
    },
    {
      behaviour: 'A definition nested deeper than 1,000 is refused; the words are ours',
      source: 'Jackson’s default',
      standing: 'ours',
    },
  ],
};
