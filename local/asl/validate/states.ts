import { checkExpressions } from './expressions.ts';
import { BRANCH_FIELDS, CHOICE_RULE_FIELDS, NEXT_OR_END, STATE_FIELDS, TYPES } from './fields.ts';
import { JSONATA_FIELDS, onlyFor } from './jsonpath-fields.ts';
import { checkMap } from './map.ts';
import { isNeutral } from './neutral.ts';
import { checkRecovery } from './recovery.ts';
import { checkEnumeration, checkOneOf, checkShape, isObject, type Json } from './shape.ts';
import { checkTask } from './task.ts';
import type { Checks } from './validate.ts';
import { checkWait } from './wait.ts';

/** Longest state name, in characters. */
const NAME_LIMIT = 80;

/** Fields in which no expression is looked for, or by those who know them better. */
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
  'Iterator',
]);

/** Reported of states; of labels the end is measured. */
export const tooLong = (kind: 'State' | 'Label', name: string, most: number): string =>
  `Invalid ${kind} name: ${kind} '${name}' exceeds the ${most}-character limit allowed by the service`;

/** The states of a machine, branch or item processor. */
export function checkStates(container: Json, location: string, checks: Checks): void {
  const { report, names } = checks;
  const states = container.States;
  if (!isObject(states)) return;
  if (Object.keys(states).length === 0) report.schema('Value cannot be empty', `${location}/States`);
  for (const [name, state] of Object.entries(states)) {
    const at = `${location}/States/${name}`;
    const length = [...name].length;
    if (length === 0) report.add('INVALID_STATE_NAME', 'Invalid State name: it is empty', at);
    if (length > NAME_LIMIT) report.add('INVALID_STATE_NAME', tooLong('State', name, NAME_LIMIT), at);
    if (names.has(name)) report.add('DUPLICATE_STATE_NAME', `Duplicate State name: ${name}`, at);
    names.add(name);
    checkState(state, at, checks);
  }
}

export function checkState(state: unknown, location: string, checks: Checks): void {
  const { report } = checks;
  if (!isObject(state)) {
    report.schema('Expected value of type [OBJECT]', location);
    return;
  }
  if (!isJsonata(state, location, checks)) return;
  if (state.Type === undefined) {
    report.schema('These fields are required: [Type]', location);
    return;
  }
  const type = String(state.Type);
  const fields = Object.hasOwn(STATE_FIELDS, type) ? STATE_FIELDS[type] : undefined;
  if (fields === undefined) {
    checkEnumeration('Type', TYPES, type, `${location}/Type`, report);
    return;
  }
  checkShape(state, fields, location, report);
  if ('Next' in fields.kinds) checkOneOf(state, NEXT_OR_END!, location, report);
  checkFields(state, location, checks, ['Task', 'Parallel', 'Map'].includes(type));
  checkRecovery(state, location, report);
  const catchers = Array.isArray(state.Catch) ? state.Catch : [];
  for (const [index, catcher] of catchers.entries()) {
    if (isObject(catcher)) checkExit(catcher, `${location}/Catch[${index}]`, 'errorOutput', checks);
  }
  switch (type) {
    case 'Choice':
      checkChoices(state, location, checks);
      break;
    case 'Task':
      checkTask(state, location, checks);
      break;
    case 'Wait':
      checkWait(state, location, report);
      break;
    case 'Parallel':
      checkBranches(state, location, checks);
      break;
    case 'Map':
      checkMap(state, location, checks);
  }
}

/** Reported: a state is in JSONPath only if exactly that is said, by itself or, where it says nothing, by its machine. */
function isJsonata(state: Json, location: string, { report, language, isMixed }: Checks): boolean {
  if ((state.QueryLanguage ?? language) !== 'JSONPath') return true;
  if (language !== 'JSONPath') {
    report.schema(
      "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
      location,
    );
    return false;
  }
  if (isMixed && isNeutral(state)) return true;
  if (state.Type !== undefined && !Object.hasOwn(STATE_FIELDS, String(state.Type))) return true;
  const foreign = JSONATA_FIELDS.filter((field) => state[field] !== undefined);
  for (const field of foreign) report.schema(onlyFor(field, 'JSONPath', 'JSONata'), location);
  if (foreign.length === 0)
    report.notModelled(`A state in the query language JSONPath (set "QueryLanguage": "JSONata")`, location);
  return false;
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

function checkExit(
  rule: Json,
  location: string,
  offered: 'errorOutput' | undefined,
  { expressions, report }: Checks,
): void {
  for (const field of ['Condition', 'Output', 'Assign']) {
    checkExpressions(rule[field], `${location}/${field}`, offered, expressions, report);
  }
}

function checkChoices({ Choices }: Json, location: string, checks: Checks): void {
  if (!Array.isArray(Choices)) return;
  if (Choices.length === 0) checks.report.schema('Value cannot be empty', `${location}/Choices`);
  for (const [index, rule] of Choices.entries()) {
    const at = `${location}/Choices[${index}]`;
    checkShape(rule, CHOICE_RULE_FIELDS, at, checks.report);
    if (!isObject(rule)) continue;
    if (!CONDITIONS.some((field) => rule[field] !== undefined)) {
      const text = `The object must have only one of the following fields, [${CONDITIONS.join(', ')}]`;
      checks.report.schema(text, at);
    }
    if (typeof rule.Condition === 'string' && !rule.Condition.startsWith('{%')) continue;
    checkExit(rule, at, undefined, checks);
  }
}

const CONDITIONS = ['And', 'Or', 'Not', 'Variable', 'Condition'];

function checkBranches({ Branches }: Json, location: string, checks: Checks): void {
  if (!Array.isArray(Branches)) return;
  if (Branches.length === 0) checks.report.schema('Value cannot be empty', `${location}/Branches`);
  for (const [index, branch] of Branches.entries()) {
    const at = `${location}/Branches[${index}]`;
    if (checkShape(branch, BRANCH_FIELDS, at, checks.report)) checkStates(branch, at, checks);
  }
}
