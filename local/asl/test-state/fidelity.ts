import type { Fidelity } from '../../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'Step Functions: TestState',
  behaviours: [
    {
      behaviour:
        'Status, output, next state, error, cause and inspection data of every state type in JSONata, mocked or not',
      source: 'recorded',
      standing: 'as AWS',
    },
    {
      behaviour:
        'The context object of a tested state: an Express execution of a machine that is not there, the state called `StateName`, no role where none is given; or the one that is given, judged in AWS’s words',
      source: 'recorded',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Mocked results are judged by the shape of the API’s answer (`STRICT`, `PRESENT`, `NONE`) in AWS’s words: types, enumerations, lengths, ranges, required fields',
      source: 'recorded',
      standing: 'as AWS',
    },
    {
      behaviour: 'Retries and failed iterations that are said to have happened, with back-off and thresholds',
      source: 'recorded',
      standing: 'as AWS',
    },
    {
      behaviour:
        'A mock of a `.sync` task is judged by the description of its job, one of a callback by nothing; patterns are not judged',
      source: 'guide: Testing state machines with TestState API',
      standing: 'unconfirmed',
      case: 'stepfunctions/test-state-mocks',
    },
    {
      behaviour: 'A task that waits is refused without a mock, in words of this world',
      source: 'guide: Testing state machines with TestState API',
      standing: 'unconfirmed',
      case: 'stepfunctions/test-state-mocks',
    },
    {
      behaviour: 'Inspection data of JSONPath states, requests and responses of HTTP tasks, `revealSecrets`',
      source: 'guide: Testing state machines with TestState API',
      standing: 'not modelled',
    },
    {
      behaviour: 'The limit of five minutes for one test',
      source: 'guide: Testing state machines with TestState API',
      standing: 'not modelled',
    },
  ],
};
