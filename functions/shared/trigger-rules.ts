import type { Fault } from './faults.ts';
import { imageReferences } from './image.ts';
import type { ResolvedPipeline } from './pipeline.ts';
import { expressionFault, timezoneFault } from './schedule-expression.ts';

/** What triggers may not say: what AWS would refuse, what could never start a release, and what would start one for ever. */
export function triggerFaults(pipeline: ResolvedPipeline): Fault[] {
  return [
    ...dataFaults(pipeline),
    ...codeFaults(pipeline),
    ...imageFaults(pipeline),
    ...scheduleFaults(pipeline),
    ...driftFaults(pipeline),
  ];
}

function dataFaults({ data, triggers }: ResolvedPipeline): Fault[] {
  const watched = triggers.data;
  if (watched === undefined) return [];
  const faults: Fault[] = [];
  const fault = (field: string, message: string): void => {
    faults.push({ path: `$.triggers.data.${field}`, message });
  };
  // An upload that the processing job does not read cannot be what a release is for.
  if (!watched.prefix.startsWith(data.prefix)) {
    fault(
      'prefix',
      `is ${watched.prefix}, which the release would not read: it must begin with data.prefix (${data.prefix})`,
    );
  }
  const { quietSeconds = 0, maxWaitSeconds = Number.POSITIVE_INFINITY } = watched;
  if (quietSeconds > maxWaitSeconds) {
    fault(
      'quietSeconds',
      `is ${quietSeconds}, so it would never be waited for: maxWaitSeconds (${maxWaitSeconds}) is over before`,
    );
  }
  if (watched.suffix?.includes('*'))
    fault('suffix', `is ${watched.suffix} and is taken as it stands; for * as a wildcard use pattern`);
  if (watched.pattern?.startsWith(watched.prefix)) {
    fault(
      'pattern',
      `is ${watched.pattern}, which repeats the prefix: it is held against what follows ${watched.prefix}`,
    );
  }
  return faults;
}

/** A push comes before its image: either the release builds it, or the build's success is the signal. */
function codeFaults({ triggers: { code } }: ResolvedPipeline): Fault[] {
  if (code === undefined) return [];
  const path = '$.triggers.code';
  const { build, project, repository, branch } = code;
  if ((build === undefined) === (project === undefined)) {
    return [
      {
        path,
        message:
          build === undefined
            ? 'has neither build nor project; give build, which the release runs on each push, or project, whose success starts it'
            : 'has build and project; give build, which the release runs on each push, or project, whose success starts it, and not both',
      },
    ];
  }
  if (project !== undefined) {
    return Object.entries({ repository, branch })
      .filter(([, value]) => value !== undefined)
      .map(([field]) => ({
        path: `${path}.${field}`,
        message: `means nothing beside project, which starts a release whatever it built: leave it out, or replace project by build`,
      }));
  }
  const faults: Fault[] = Object.entries({ repository, branch })
    .filter(([, value]) => value === undefined)
    .map(([field]) => ({
      path: `${path}.${field}`,
      message: 'is missing; build needs a repository and its branch',
    }));
  if (branch?.startsWith('refs/')) {
    const name = branch.replace(/^refs\/(heads\/)?/, '');
    faults.push({
      path: `${path}.branch`,
      message: `is ${branch}; events tell the branch's name alone: ${name}`,
    });
  }
  return faults;
}

/** A pushed image that no step uses would be released without ever being run. */
function imageFaults(pipeline: ResolvedPipeline): Fault[] {
  const watched = pipeline.triggers.image;
  if (watched === undefined) return [];
  const wanted = `${watched.repository}:${watched.tag}`;
  if (imageReferences(pipeline).some((reference) => reference === wanted || reference.endsWith(`/${wanted}`)))
    return [];
  return [
    {
      path: '$.triggers.image',
      message: `watches ${wanted}, which no step uses: a push would be released without being run`,
    },
  ];
}

function scheduleFaults({ triggers: { schedule } }: ResolvedPipeline): Fault[] {
  if (schedule === undefined) return [];
  const { expression, timezone = 'UTC' } = schedule;
  const found = [
    { field: 'expression', value: expression, fault: expressionFault(expression) },
    { field: 'timezone', value: timezone, fault: timezoneFault(timezone) },
  ];
  return found.flatMap(({ field, value, fault }) =>
    fault === undefined
      ? []
      : [{ path: `$.triggers.schedule.${field}`, message: `is ${value}; it ${fault}` }],
  );
}

/** A release's own alarms ring during releases: each would start the next. */
function driftFaults({ triggers: { drift } }: ResolvedPipeline): Fault[] {
  if (drift === undefined || !/^signalbox-.+-release-/.test(drift.alarm)) return [];
  return [
    {
      path: '$.triggers.drift.alarm',
      message: `is ${drift.alarm}, an alarm that a release makes for itself; name the alarm of a monitor`,
    },
  ];
}
