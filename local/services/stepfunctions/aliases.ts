import { validationError } from '../../aws-error.ts';
import { machineArnOf } from './arns.ts';
import { resourceNotFound } from './names.ts';
import type { Alias, Route, StateMachine } from './state-machine.ts';
import type { StepFunctions } from './stepfunctions.ts';

/**
 * The machine whose versions a routing configuration names.
 *
 * @throws AwsError `ValidationException`, or `ResourceNotFound` for versions that are not there
 */
export function machineOfRouting(states: StepFunctions, routing: readonly Route[]): StateMachine {
  const arns = routing.map(({ stateMachineVersionArn }) => stateMachineVersionArn);
  const targets = arns.map(machineArnOf);
  const received = `Received: [${arns.join(', ')}]`;
  if (targets.some(({ version }) => version === undefined))
    throw validationError(`Routing configuration must contain state machine version ARNs. ${received}`);
  if (new Set(arns).size < arns.length)
    throw validationError(
      `Routing configuration must contain distinct state machine version ARNs. ${received}`,
    );
  if (new Set(targets.map(({ plain }) => plain)).size > 1)
    throw validationError(`Routing configuration must contain versions of one state machine. ${received}`);
  const weights = routing.map(({ weight }) => weight);
  if (weights.reduce((sum, weight) => sum + weight, 0) !== 100)
    throw validationError(
      `Sum of routing configuration weights must equal 100. Received: [${weights.join(', ')}]`,
    );
  const machine = states.machines.get(targets[0]!.plain);
  if (machine === undefined || targets.some(({ version }) => !machine.versions.has(version!)))
    throw resourceNotFound();
  return machine;
}

/** @throws AwsError `ResourceNotFound` */
export function findAlias(states: StepFunctions, arn: string): Alias {
  const { plain, alias } = machineArnOf(arn);
  const found = alias === undefined ? undefined : states.machines.get(plain)?.aliases.get(alias);
  if (found === undefined) throw resourceNotFound();
  return found;
}

/** One of an alias's versions, by their weights. @param chance in [0, 1) */
export function routed({ routing }: Alias, chance: number): string {
  let rest = chance * 100;
  for (const { stateMachineVersionArn, weight } of routing) {
    if (rest < weight) return stateMachineVersionArn;
    rest -= weight;
  }
  return routing.at(-1)!.stateMachineVersionArn;
}
