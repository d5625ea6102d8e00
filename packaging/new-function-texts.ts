/** One name in all the ways in which it is written. */
export interface Names {
  /** `judge-challenger`: folder, schemas, test, function. */
  readonly name: string;
  /** `Judge challenger`: the state. */
  readonly label: string;
  /** `judgeChallenger`: the pure function. */
  readonly camel: string;
  /** `JudgeChallenger`: its types, and the substitution in state machines. */
  readonly pascal: string;
  /** `JudgeDashchallengerLambdaFunction`: what the packager calls it in the template. */
  readonly logicalId: string;
}

export function namesOf(name: string): Names {
  const words = name.split('-');
  const pascal = words.map(capital).join('');
  return {
    name,
    label: capital(words.join(' ')),
    camel: pascal[0]!.toLowerCase() + pascal.slice(1),
    pascal,
    logicalId: `${capital(words.join('Dash'))}LambdaFunction`,
  };
}

const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1);

/** The text of each file by its path. */
export const functionFiles = (names: Names): Record<string, string> => ({
  [`functions/${names.name}/${names.name}.ts`]: decision(names),
  [`functions/${names.name}/handler.ts`]: handler(names),
  [`schemas/${names.name}.request.schema.json`]: requestSchema(names),
  [`schemas/${names.name}.result.schema.json`]: resultSchema(names),
  [`test/functions/${names.name}.test.ts`]: test(names),
});

const decision = ({ camel, pascal }: Names): string => `\
import type { ${pascal}Request, ${pascal}Result } from '#shared/generated/contracts.ts';

/** Decides from what its request holds and nothing else. Say here what, in one sentence. */
export function ${camel}({ release }: ${pascal}Request): ${pascal}Result {
  return { passed: true, reasons: [\`nothing speaks against \${release} yet\`] };
}
`;

const handler = ({ name, camel }: Names): string => `\
import { deciding } from '#shared/deciding.ts';
import request from '#shared/generated/schemas/${name}.request.json' with { type: 'json' };
import result from '#shared/generated/schemas/${name}.result.json' with { type: 'json' };
import { ${camel} } from './${name}.ts';

export const handler = deciding(${camel}, { request, result });
`;

const requestSchema = ({ name, label }: Names): string => `\
{
  "$id": "https://signalbox.invalid/schemas/1/${name}.request.schema.json",
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "${label} request",
  "description": "What the state ${label} hands over.",
  "type": "object",
  "additionalProperties": false,
  "required": ["release"],
  "properties": {
    "release": { "description": "The release's id.", "type": "string", "examples": ["flight-delay-2603020900-3f9a1c"] }
  }
}
`;

const resultSchema = ({ name, label }: Names): string => `\
{
  "$id": "https://signalbox.invalid/schemas/1/${name}.result.schema.json",
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "${label} result",
  "description": "What the state ${label} gets back.",
  "type": "object",
  "additionalProperties": false,
  "required": ["passed", "reasons"],
  "properties": {
    "passed": { "description": "True when the release may go on.", "type": "boolean", "examples": [true] },
    "reasons": { "$ref": "common.schema.json#/definitions/reasons" }
  }
}
`;

const test = ({ name, label, camel }: Names): string => `\
import { ${camel} } from '../../functions/${name}/${name}.ts';

describe('${label.toLowerCase()}', () => {
  test('lets a release go on and says why', () => {
    const result = ${camel}({ release: 'flight-delay-2603020900-3f9a1c' });

    expect(result).toEqual({
      passed: true,
      reasons: ['nothing speaks against flight-delay-2603020900-3f9a1c yet'],
    });
  });
});
`;

/** The function's entry in serverless.yml. */
export const stackEntry = ({ name }: Names): string => `\
  ${name}:
    handler: functions/${name}/handler.handler
    description: Say here in one sentence what it decides.
`;

/** What only a person can place. */
export const remainingSteps = (names: Names, entryIsMissing: boolean): string => {
  const { label, pascal, logicalId } = names;
  const steps = [
    ...(entryIsMissing ? [`serverless.yml, under functions:\n\n${stackEntry(names)}`] : []),
    `resources/machines/<machine>.yml, in the DefinitionSubstitutions of the machine that asks it:

        ${pascal}Function: !GetAtt ${logicalId}.Arn
`,
    `the same file, in the lambda:InvokeFunction of its role:

                  - !GetAtt ${logicalId}.Arn
`,
    `statemachines/<machine>.asl.yaml, where it is asked; the state is named after the function:

  ${label}:
    Comment: Say here why it is asked at this point.
    Type: Task
    Resource: arn:aws:states:::lambda:invoke
    Arguments:
      FunctionName: \${${pascal}Function}
      Payload:
        release: '{% $release.id %}'
    Output: '{% $states.result.Payload %}'
    TimeoutSeconds: 60
    Retry:
      - ErrorEquals: [Lambda.ServiceException, Lambda.AWSLambdaException, Lambda.SdkClientException, Lambda.TooManyRequestsException]
        IntervalSeconds: 2
        MaxAttempts: 5
        BackoffRate: 2
        JitterStrategy: FULL
    Catch:
      - ErrorEquals: [States.ALL]
        Assign: { failure: '{% $merge([$states.errorOutput, {"State": $states.context.State.Name}]) %}' }
        Next: Conclude release
    Next: <the next state>
`,
    'Then `npm run check` and `npm test`.',
  ];
  return `Left to do:\n\n${steps.map((step, index) => `${index + 1}. ${step}`).join('\n')}`;
};
