import { compileRuleFaults } from './compile-rules.ts';
import type { Fault } from './faults.ts';
import type { Gate } from './generated/contracts.ts';
import type { ResolvedPipeline } from './pipeline.ts';
import { shiftFaults } from './shift-rules.ts';
import { triggerFaults } from './trigger-rules.ts';

/** Rules between fields that a schema cannot say. Each fault names its field and what is allowed. */
export function pipelineFaults(pipeline: ResolvedPipeline): Fault[] {
  return [
    ...triggerFaults(pipeline),
    ...spotFaults(pipeline),
    ...metricFaults(pipeline),
    ...gateFaults(pipeline),
    ...compileRuleFaults(pipeline),
    ...shiftFaults(pipeline),
  ];
}

/** SageMaker reads a metric out of the first group of its expression. */
function metricFaults({ train }: ResolvedPipeline): Fault[] {
  return train.metrics.flatMap(({ regex }, index) => {
    const path = `$.train.metrics[${index}].regex`;
    try {
      // An alternative that matches nothing makes every expression match, and tells how many groups it has.
      const groups = new RegExp(`${regex}|`).exec('')!.length - 1;
      return groups === 1
        ? []
        : [{ path, message: `has ${groups} groups; it needs exactly one, around the number` }];
    } catch (error) {
      return [{ path, message: `is no regular expression: ${(error as Error).message}` }];
    }
  });
}

function spotFaults({ train }: ResolvedPipeline): Fault[] {
  if (train.spot === undefined || train.spot.maxWaitSeconds >= train.maxRuntimeSeconds) return [];
  return [
    {
      path: '$.train.spot.maxWaitSeconds',
      message: `is ${train.spot.maxWaitSeconds}; it covers waiting and running, so it must be at least train.maxRuntimeSeconds (${train.maxRuntimeSeconds})`,
    },
  ];
}

function gateFaults({ evaluate }: ResolvedPipeline): Fault[] {
  return evaluate.gates.flatMap((gate, index) => {
    const path = `$.evaluate.gates[${index}]`;
    const bounds = boundsOf(gate);
    if (bounds.length !== 1) {
      return [
        {
          path,
          message: `has ${bounds.length === 0 ? 'no rule' : `the rules ${bounds.join(' and ')}`}; give exactly one of atLeast, atMost, mayDropBy, mayRiseBy`,
        },
      ];
    }
    const compares = bounds[0] === 'mayDropBy' || bounds[0] === 'mayRiseBy';
    if (compares && gate.against === undefined) {
      return [
        {
          path: `${path}.against`,
          message: `is missing; ${bounds[0]} compares with the champion: add against: champion`,
        },
      ];
    }
    if (!compares && gate.against !== undefined) {
      return [
        {
          path: `${path}.against`,
          message: `makes no sense with ${bounds[0]}; use mayDropBy or mayRiseBy, or leave it out`,
        },
      ];
    }
    return [];
  });
}

const boundsOf = (gate: Gate): string[] =>
  (['atLeast', 'atMost', 'mayDropBy', 'mayRiseBy'] as const).filter((bound) => gate[bound] !== undefined);
