/** A batch of messages as Lambda hands it over. */
export interface SQSEvent {
  readonly Records: readonly SQSRecord[];
}

/** A message, as far as it is read here. */
export interface SQSRecord {
  readonly messageId: string;
  readonly body: string;
}
