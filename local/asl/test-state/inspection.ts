import type { Frame } from '../frame.ts';

/** What DEBUG and TRACE tell of a test; texts are JSON (API model: InspectionData). */
export interface Inspection {
  input: string;
  afterArguments?: string;
  afterItemSelector?: string;
  afterItemBatcher?: string;
  result?: string;
  variables?: string;
  maxConcurrency?: number;
  toleratedFailureCount?: number;
  toleratedFailurePercentage?: number;
  errorDetails?: { catchIndex?: number; retryIndex?: number; retryBackoffIntervalSeconds?: number };
}

/** What a Task sent and got, as its history tells it. */
export function inspectTask(inspection: Inspection, { execution }: Frame): void {
  for (const event of execution.history.events) {
    const details = Object.values(event).find(
      (value) => typeof value === 'object' && !(value instanceof Date),
    );
    const { parameters, input, output } = (details ?? {}) as Record<string, string | undefined>;
    if (event.type === 'TaskScheduled') inspection.afterArguments = parameters!;
    if (event.type === 'LambdaFunctionScheduled') inspection.afterArguments = input!;
    if (event.type === 'TaskSucceeded' || event.type === 'LambdaFunctionSucceeded')
      inspection.result = output!;
  }
}

/** The variables after the state; none is nothing to tell (recorded). */
export function inspectVariables(inspection: Inspection, { scope }: Frame): void {
  const variables = scope.all();
  if (Object.keys(variables).length > 0) inspection.variables = JSON.stringify(variables);
}
