import { parseResource } from '../integrations/resource.ts';
import { checkExpressions } from './expressions.ts';
import { BRANCH_FIELDS, CHOICE_RULE_FIELDS, PROCESSOR_FIELDS, STATE_FIELDS } from './fields.ts';
import { checkRecovery } from './recovery.ts';
import { checkShape, isObject, type Json } from './shape.ts';
import type { Checks } from './validate.ts';

/** Longest state name, in characters. */
const NAME_LIMIT = 80;

/** Fields in which no expression is looked for. */
const CONSTANTS = new Set([
  'Type',
  'Comment',
  'QueryLanguage',
  'Next',
  'End',
  'Default',
  'Resource',
  'Retry',
  'Catch',
  'Choices',
  'Branches',
  'ItemProcessor',
]);

/** The states of a machine, branch or item processor. */
export function checkStates(container: Json, location: string, checks: Checks, language: string): void {
  const states = container.States as Json;
  if (Object.keys(states).length === 0) checks.report.schema('Value cannot be empty', `${location}/States`);
  for (const [name, state] of Object.entries(states)) {
    const at = `${location}/States/${name}`;
    if ([...name].length > NAME_LIMIT) checks.report.schema('State name is longer than 80 characters', at);
    checkState(state, at, checks, language);
  }
}

function checkState(state: unknown, location: string, checks: Checks, machineLanguage: string): void {
  const { report } = checks;
  if (!isObject(state)) {
    report.schema('Expected value of type Object', location);
    return;
  }
  const language = state.QueryLanguage ?? machineLanguage;
  if (language !== 'JSONata') {
    if (machineLanguage === 'JSONata') {
      report.schema(
        "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
        location,
      );
    } else {
      report.notModelled(`QueryLanguage 'JSONPath' (set "QueryLanguage": "JSONata")`, location);
    }
    return;
  }
  const type = String(state.Type);
  const fields = Object.hasOwn(STATE_FIELDS, type) ? STATE_FIELDS[type] : undefined;
  if (fields === undefined) {
    const types = 'Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map';
    report.schema(`The field 'Type' should have one of these values: [${types}]`, `${location}/Type`);
    return;
  }
  checkShape(state, fields, location, report);
  if ('Next' in fields.kinds && (state.Next === undefined) === (state.End !== true)) {
    report.schema("Exactly one of the fields 'Next' and 'End' is required", location);
  }
  checkFields(state, location, checks, ['Task', 'Parallel', 'Map'].includes(type));
  checkRecovery(state, location, report);
  const [catchers, choices] = [state.Catch, state.Choices].map((list) => (Array.isArray(list) ? list : []));
  for (const [index, catcher] of catchers!.entries()) {
    if (isObject(catcher)) checkExit(catcher, `${location}/Catch[${index}]`, checks);
  }
  checkChoices(type, choices!, location, checks);
  checkTask(type, state, location, checks);
  checkWait(type, state, location, checks);
  checkInner(type, state, location, checks, machineLanguage);
}

function checkFields(
  state: Json,
  location: string,
  { expressions, report }: Checks,
  hasResult: boolean,
): void {
  for (const [field, value] of Object.entries(state)) {
    if (CONSTANTS.has(field)) continue;
    const offered = hasResult && (field === 'Output' || field === 'Assign') ? 'result' : undefined;
    checkExpressions(value, `${location}/${field}`, offered, expressions, report);
  }
}

function checkExit(catcher: Json, location: string, { expressions, report }: Checks): void {
  for (const field of ['Output', 'Assign']) {
    checkExpressions(catcher[field], `${location}/${field}`, 'errorOutput', expressions, report);
  }
}

function checkChoices(type: string, choices: readonly unknown[], location: string, checks: Checks): void {
  if (type === 'Choice' && choices.length === 0)
    checks.report.schema('Value cannot be empty', `${location}/Choices`);
  for (const [index, rule] of choices.entries()) {
    const at = `${location}/Choices[${index}]`;
    if (!checkShape(rule, CHOICE_RULE_FIELDS, at, checks.report)) continue;
    for (const field of ['Condition', 'Output', 'Assign']) {
      checkExpressions(rule[field], `${at}/${field}`, undefined, checks.expressions, checks.report);
    }
  }
}

function checkTask(type: string, state: Json, location: string, { type: machineType, report }: Checks): void {
  if (type !== 'Task' || typeof state.Resource !== 'string') return;
  const at = `${location}/Resource`;
  if (state.Credentials !== undefined) report.notModelled("The field 'Credentials'", location);
  const resource = parseResource(state.Resource);
  if (resource === undefined) {
    report.schema(
      `The resource provided ${state.Resource} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`,
      at,
    );
  } else if ('notModelled' in resource) report.notModelled(resource.notModelled, at);
  else if (machineType === 'EXPRESS' && resource.pattern !== 'request') {
    const message =
      resource.pattern === 'token'
        ? "Express state machine does not support '.waitForTaskToken' service integration "
        : "Express state machine does not support '.sync' service integration";
    report.schema(message, at);
  }
}

function checkWait(type: string, state: Json, location: string, { report }: Checks): void {
  if (type !== 'Wait') return;
  if ((state.Seconds === undefined) === (state.Timestamp === undefined)) {
    report.schema("Exactly one of the fields 'Seconds' and 'Timestamp' is required", location);
  }
}

function checkInner(type: string, state: Json, location: string, checks: Checks, language: string): void {
  if (type === 'Parallel' && Array.isArray(state.Branches)) {
    if (state.Branches.length === 0) checks.report.schema('Value cannot be empty', `${location}/Branches`);
    for (const [index, branch] of state.Branches.entries()) {
      const at = `${location}/Branches[${index}]`;
      if (checkShape(branch, BRANCH_FIELDS, at, checks.report)) checkStates(branch, at, checks, language);
    }
  }
  if (type !== 'Map' || !isObject(state.ItemProcessor)) return;
  const at = `${location}/ItemProcessor`;
  const config = state.ItemProcessor.ProcessorConfig;
  if (isObject(config) && config.Mode === 'DISTRIBUTED') {
    checks.report.notModelled('A distributed Map', `${at}/ProcessorConfig`);
  }
  for (const field of [
    'ItemReader',
    'ItemBatcher',
    'ResultWriter',
    'ToleratedFailureCount',
    'ToleratedFailurePercentage',
  ]) {
    if (state[field] !== undefined)
      checks.report.notModelled(`The field '${field}' of a distributed Map`, location);
  }
  if (checkShape(state.ItemProcessor, PROCESSOR_FIELDS, at, checks.report)) {
    checkStates(state.ItemProcessor, at, checks, language);
  }
}
