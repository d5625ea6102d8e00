import { GetExecutionHistoryCommand, type HistoryEvent, type SFNClient } from '@aws-sdk/client-sfn';

/** @returns the state that an execution entered last; empty if its latest events name none */
export async function currentState(sfn: SFNClient, executionArn: string): Promise<string> {
  const { events = [] } = await sfn.send(
    new GetExecutionHistoryCommand({
      executionArn,
      reverseOrder: true,
      maxResults: 50,
      includeExecutionData: false,
    }),
  );
  return events.map(enteredState).find((name) => name !== undefined) ?? '';
}

/** The state whose entering an event tells. */
export const enteredState = ({ type, stateEnteredEventDetails }: HistoryEvent): string | undefined =>
  type?.endsWith('StateEntered') ? stateEnteredEventDetails?.name : undefined;
