import type { Fidelity } from '../../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'SNS',
  behaviours: [
    {
      behaviour:
        'Queues and functions get notifications in SNS’s envelope, or raw, if their policies let the topic in',
      source: 'recorded',
      standing: 'as AWS',
    },
    {
      behaviour: 'Texts for wrong ARNs, endpoints, protocols, names and subjects',
      source: 'recorded',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Mails and texts to people are kept in a list that tests and reports read; nobody has to confirm',
      source: 'nothing leaves a laptop',
      standing: 'ours',
    },
    {
      behaviour: 'A delivery that fails is not tried again',
      source: 'guide: Message delivery retries',
      standing: 'ours',
    },
    {
      behaviour: 'Signatures are there in form only',
      source: 'a laptop has no certificate',
      standing: 'ours',
    },
    {
      behaviour:
        'FIFO topics, filter policies, HTTP and Firehose subscriptions, dead-letter queues, `MessageStructure`',
      source: 'guide: SNS',
      standing: 'not modelled',
    },
  ],
};
