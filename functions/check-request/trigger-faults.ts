import type { Fault } from '#shared/faults.ts';
import type { Trigger } from '#shared/generated/contracts.ts';
import type { ResolvedPipeline } from '#shared/pipeline.ts';

/** What a signal must say, beyond its own fields' rules, for this pipeline to be released by it. */
export const triggerFaults = (trigger: Trigger, pipeline: ResolvedPipeline): Fault[] => [
  ...timeFaults(trigger),
  ...pushFaults(trigger, pipeline),
  ...approvalFaults(trigger),
];

function timeFaults(trigger: Trigger): Fault[] {
  return (['eventTime', 'scheduledTime'] as const).flatMap((field) => {
    const told = trigger[field];
    if (told === undefined || !Number.isNaN(Date.parse(told))) return [];
    return [
      { path: `$.trigger.${field}`, message: `is ${JSON.stringify(told)}; must be a time in ISO-8601` },
    ];
  });
}

/** A push comes before its image exists: without a build it would release the image of an older commit. */
function pushFaults({ kind, branch, buildId }: Trigger, { triggers }: ResolvedPipeline): Fault[] {
  if (kind !== 'code' || branch === undefined || buildId !== undefined) return [];
  if (triggers.code?.build !== undefined) return [];
  return [
    {
      path: '$.trigger.branch',
      message:
        'tells of a push, whose image is not built yet: name the project in triggers.code.build, or let the build or the registry start the release',
    },
  ];
}

function approvalFaults({ kind, packageArn }: Trigger): Fault[] {
  if (kind !== 'approval' || packageArn !== undefined) return [];
  return [{ path: '$.trigger.packageArn', message: 'is missing; it says what was approved' }];
}
