import type { World } from '../../world.ts';
import type { EmittedEvent } from '../events/events.ts';
import { type Build, buildDescription, logsOf } from './build.ts';

/**
 * How EventBridge hears of a build.
 *
 * Source: CodeBuild user guide, "Build notifications input format".
 */
export function buildEvent({ region }: World, build: Build): EmittedEvent {
  const { project, phases } = build;
  const { source, environment, name } = project.input;
  const { logs } = buildDescription(build, region) as { logs: { deepLink: string } };
  const { groupName, streamName } = logsOf(build);
  return {
    source: 'aws.codebuild',
    detailType: 'CodeBuild Build State Change',
    resources: [build.arn],
    detail: {
      'build-status': build.status,
      'project-name': name,
      'build-id': build.arn,
      'current-phase': phases.at(-1)!.type,
      'current-phase-context': '[]',
      version: '1',
      'additional-information': {
        'build-number': build.number,
        artifact: { location: '' },
        environment: {
          image: environment.image,
          type: environment.type,
          'compute-type': environment.computeType,
          'privileged-mode': environment.privilegedMode ?? false,
          'environment-variables': build.environmentVariables.map((one) => ({ type: 'PLAINTEXT', ...one })),
        },
        source: { type: source.type, ...(source.location !== undefined && { location: source.location }) },
        ...(build.sourceVersion !== undefined && { 'source-version': build.sourceVersion }),
        'timeout-in-minutes': build.timeoutMinutes,
        'build-complete': build.endMs !== undefined,
        initiator: build.initiator,
        'build-start-time': inWords(build.startMs),
        logs: { 'group-name': groupName, 'stream-name': streamName, 'deep-link': logs.deepLink },
        phases: phases
          .filter(({ endMs }) => endMs !== undefined)
          .map(({ type, status, startMs, endMs, message }) => ({
            'phase-type': type,
            'phase-status': status,
            'start-time': inWords(startMs),
            'end-time': inWords(endMs!),
            'duration-in-seconds': Math.round((endMs! - startMs) / 1000),
            'phase-context': [`: ${message ?? ''}`],
          })),
      },
    },
  };
}

const format = new Intl.DateTimeFormat('en-US', {
  timeZone: 'UTC',
  dateStyle: 'medium',
  timeStyle: 'medium',
});

/** `Sep 1, 2026 4:12:29 PM`: as the first Java wrote dates. */
const inWords = (ms: number): string => {
  const part = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
  return `${part.month} ${part.day}, ${part.year} ${part.hour}:${part.minute}:${part.second} ${part.dayPeriod}`;
};
