import type { Fidelity } from '../../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'Application Auto Scaling',
  behaviours: [
    {
      behaviour: 'Scalable targets of SageMaker variants are registered, described and taken away',
      source: 'model; guide: Automatic scaling',
      standing: 'as AWS',
    },
    {
      behaviour: 'A count outside the bounds is brought inside at registration',
      source: 'model: RegisterScalableTarget',
      standing: 'as AWS',
    },
    {
      behaviour: 'Registering wants the endpoint `InService`, a minimum of 1 and no burstable instances',
      source: 'guide: Automatic scaling; the burstable text is reported, the others are ours',
      standing: 'as AWS',
    },
    {
      behaviour: '`ObjectNotFoundException` and its texts',
      source: 'reported',
      standing: 'as AWS',
    },
    {
      behaviour: 'A scheduled action at one moment (`at(…)`) sets its bounds',
      source: 'model: PutScheduledAction',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Scaling policies are checked and kept, their alarms are not made, and nothing scales by itself; a test or story asks for a scaling by `world.applicationAutoscaling.scale`',
      source: 'guide: Automatic scaling',
      standing: 'not modelled',
    },
    {
      behaviour:
        '`rate(…)` and `cron(…)` schedules, time zones, inference components, provisioned concurrency: refused',
      source: 'guide: Scheduled scaling',
      standing: 'not modelled',
    },
  ],
};
