import type { HistoryEvent } from '../../asl/history.ts';
import type { Operation } from '../../service.ts';
import { pageOf } from './paging.ts';
import type { StepFunctions } from './stepfunctions.ts';

interface Input {
  readonly executionArn: string;
  readonly reverseOrder?: boolean;
  readonly includeExecutionData?: boolean;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

export const getExecutionHistory =
  (states: StepFunctions): Operation =>
  (input: Input) => {
    const { history } = states.findStandardExecution(input.executionArn);
    const ordered = input.reverseOrder ? [...history.events].reverse() : history.events;
    const { items, ...page } = pageOf(ordered, input);
    return { events: input.includeExecutionData === false ? items.map(withoutData) : items, ...page };
  };

/** What people and machines put in; the rest tells only what happened. */
const DATA_FIELDS = new Set(['input', 'output', 'parameters', 'cause', 'assignedVariables']);

function withoutData(event: HistoryEvent): HistoryEvent {
  const entries = Object.entries(event).map(([key, value]) => {
    if (!key.endsWith('EventDetails')) return [key, value];
    return [
      key,
      Object.fromEntries(Object.entries(value as object).filter(([field]) => !DATA_FIELDS.has(field))),
    ];
  });
  return Object.fromEntries(entries) as HistoryEvent;
}
