/** A message as Lambda hands it over, as far as it is read here. */
export interface SQSRecord {
  readonly messageId: string;
  readonly body: string;
}
