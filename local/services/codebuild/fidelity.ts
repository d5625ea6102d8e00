import type { Fidelity } from '../../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'CodeBuild',
  behaviours: [
    {
      behaviour: 'What EventBridge hears of a build’s beginning and end; events of phases are not sent',
      source: 'guide: Build notifications input format',
      standing: 'as AWS',
    },
    {
      behaviour:
        'The same idempotency token gives the same build for five minutes, with other parameters it is refused',
      source: 'model; the words are ours',
      standing: 'as AWS',
    },
    {
      behaviour:
        '`startBuild.sync` gives `Build` as `BatchGetBuilds` shows it, and fails unless it succeeded',
      source: 'guide: Call AWS CodeBuild (`$.Build.ReportArns`)',
      standing: 'as AWS',
    },
    {
      behaviour:
        'How long a build takes, how it ends and what it pushes are the scenario’s; its role’s rights are not asked',
      source: 'nothing is built',
      standing: 'ours',
    },
    {
      behaviour: 'Four phases (submitted, provisioning, build, completed) in place of eleven',
      source: 'guide: Build phase transitions',
      standing: 'ours',
    },
    {
      behaviour: 'Batches, webhooks, reports, fleets, caches, artifacts',
      source: 'guide: CodeBuild',
      standing: 'not modelled',
    },
  ],
};
