/** How deep Jackson reads, unless it is told otherwise. */
const MOST_DEPTH = 1_000;

/** Whether objects and arrays stand in each other deeper than a reader goes. Text that is no JSON may answer either. */
export const isTooDeep = (source: string): boolean => {
  let depth = 0;
  let isText = false;
  for (let index = 0; index < source.length; index += 1) {
    const character = source[index];
    if (isText) {
      if (character === '\\') index += 1;
      else if (character === '"') isText = false;
    } else if (character === '"') isText = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > MOST_DEPTH) return true;
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return false;
};
