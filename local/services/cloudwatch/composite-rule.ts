import type { AlarmState } from './alarm-config.ts';
import { validationError } from './alarm-config.ts';

type StateOf = (alarmName: string) => AlarmState | undefined;
type Holds = (stateOf: StateOf) => boolean;

/** What a composite alarm looks at: `ALARM("a") AND (ALARM(b) OR NOT OK(c))`. */
export interface Rule {
  /** The alarms named in it. */
  readonly alarmNames: readonly string[];
  readonly holds: Holds;
}

const STATES: readonly string[] = ['ALARM', 'OK', 'INSUFFICIENT_DATA'];

const TOKEN = /\s*(?:([()])|"([^"]*)"|'([^']*)'|([^\s()"']+))/y;

/**
 * NOT binds before AND, AND before OR. Alarms are named plainly, quoted or by ARN.
 *
 * @throws AwsError ValidationError for text that is no rule
 * Source: cloudwatch model, `PutCompositeAlarm.AlarmRule`; the wording of the messages is ours.
 */
export function parseRule(text: string): Rule {
  const tokens = tokensOf(text);
  const alarmNames = new Set<string>();
  let at = 0;
  const next = (): string => tokens[at++] ?? refuse(text, 'it ends too early');
  const expect = (token: string): void => {
    if (next() !== token) refuse(text, `"${token}" is missing`);
  };

  const either = (): Holds => {
    const parts = [both()];
    while (tokens[at] === 'OR') {
      at += 1;
      parts.push(both());
    }
    return (stateOf) => parts.some((holds) => holds(stateOf));
  };
  const both = (): Holds => {
    const parts = [single()];
    while (tokens[at] === 'AND') {
      at += 1;
      parts.push(single());
    }
    return (stateOf) => parts.every((holds) => holds(stateOf));
  };
  const single = (): Holds => {
    const token = next();
    if (token === 'TRUE') return () => true;
    if (token === 'FALSE') return () => false;
    if (token === 'NOT') {
      const inner = single();
      return (stateOf) => !inner(stateOf);
    }
    if (token === '(') {
      const inner = either();
      expect(')');
      return inner;
    }
    if (!STATES.includes(token)) return refuse(text, `"${token}" is not understood`);
    expect('(');
    const alarmName = next().replace(/^arn:[^:]+:cloudwatch:[^:]*:[^:]*:alarm:/, '');
    expect(')');
    alarmNames.add(alarmName);
    return (stateOf) => stateOf(alarmName) === token;
  };

  const holds = either();
  if (at < tokens.length) refuse(text, `"${tokens[at]}" is one too many`);
  return { alarmNames: [...alarmNames], holds };
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const whole = text.trimEnd();
  while (TOKEN.lastIndex < whole.length) {
    const found = TOKEN.exec(whole) ?? refuse(text, 'a quotation mark is open');
    tokens.push((found[1] ?? found[2] ?? found[3] ?? found[4])!);
  }
  return tokens;
}

function refuse(text: string, why: string): never {
  throw validationError(`Error in the alarm rule ${text}: ${why}.`);
}
