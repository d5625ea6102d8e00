import { expressionIn } from '../template.ts';
import { isObject, type Json } from './shape.ts';

/** Fields that mean the same in both query languages as long as they hold constants. */
const NEUTRAL_FIELDS: Readonly<Record<string, readonly string[]>> = {
  Pass: ['Assign'],
  Succeed: [],
  Fail: ['Error', 'Cause'],
  Wait: ['Seconds', 'Timestamp'],
};
const ALWAYS = ['Type', 'Comment', 'QueryLanguage', 'Next', 'End'];

/**
 * A state of a mixed machine that stands under JSONPath and yet uses nothing of
 * it, such as the Pass or Fail at the end of a Choice in JSONata.
 */
export function isNeutral(state: Json): boolean {
  const fields = NEUTRAL_FIELDS[String(state.Type)];
  if (fields === undefined) return false;
  return Object.entries(state).every(
    ([field, value]) => ALWAYS.includes(field) || (fields.includes(field) && isConstant(value)),
  );
}

/** No path, no intrinsic function, and nothing that JSONata would read otherwise than JSONPath. */
function isConstant(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isConstant);
  if (isObject(value))
    return Object.entries(value).every(([key, member]) => !key.endsWith('.$') && isConstant(member));
  return expressionIn(value) === undefined;
}

/** Whether any state, at any depth, says that it is written in JSONata. */
export function hasJsonataState(container: Json): boolean {
  const states = isObject(container.States) ? Object.values(container.States).filter(isObject) : [];
  return states.some(
    (state) =>
      state.QueryLanguage === 'JSONata' ||
      [state.ItemProcessor, ...(Array.isArray(state.Branches) ? state.Branches : [])]
        .filter(isObject)
        .some(hasJsonataState),
  );
}
