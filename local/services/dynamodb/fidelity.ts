import type { Fidelity } from '../../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'DynamoDB',
  behaviours: [
    {
      behaviour:
        'Condition, filter, key, update and projection expressions with their functions, reserved words and error texts; items, conditional writes, queries and pages',
      source: 'guide: Using expressions in DynamoDB; held to dynalite 4.0.0 by a property test',
      standing: 'as AWS',
    },
    {
      behaviour: 'Numbers of up to 38 digits, exactly; items of up to 400 KB; pages of up to 1 MB',
      source: 'guide: Supported data types and naming rules, Constraints',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Transactions of up to 100 writes: all or none, cancellation reasons in the order of the writes, a client token holds for ten minutes',
      source: 'API reference: TransactWriteItems',
      standing: 'as AWS',
    },
    {
      behaviour: 'Batches of up to 100 reads, all of them processed at once',
      source: 'API reference: BatchGetItem',
      standing: 'as AWS',
    },
    {
      behaviour: 'Members of a list are removed and set by the places they had before the update',
      source: 'guide: Update expressions',
      standing: 'as AWS',
    },
    {
      behaviour:
        'A comparison with an attribute that is not there is false, whatever the other side is; `<>` is true',
      source: 'guide: Comparison operator and function reference',
      standing: 'as AWS',
    },
    {
      behaviour: 'Every read is consistent, and indexes are never behind their table',
      source: 'AWS’s delays are not told',
      standing: 'ours',
    },
    {
      behaviour: 'A table is active, and gone, at once',
      source: 'AWS takes seconds',
      standing: 'ours',
    },
    {
      behaviour:
        'Parameters from before expressions (`Expected`, `AttributeUpdates`, `KeyConditions` …), parallel scans, batches of writes, streams, capacity limits; items do not expire by their time to live',
      source: 'API reference',
      standing: 'not modelled',
    },
  ],
};
