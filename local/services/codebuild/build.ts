import type { Timer } from '../../clock/clock.ts';
import type { EnvironmentVariable, Project } from './project.ts';

export type BuildStatus = 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'FAULT' | 'TIMED_OUT' | 'STOPPED';

/** The parts of a build that take time here. */
export type PhaseType = 'SUBMITTED' | 'PROVISIONING' | 'BUILD' | 'COMPLETED';

export interface Phase {
  readonly type: PhaseType;
  readonly startMs: number;
  endMs?: number;
  status?: Exclude<BuildStatus, 'IN_PROGRESS'>;
  message?: string;
}

/** One run of a project. Times are epoch milliseconds. */
export interface Build {
  readonly id: string;
  readonly arn: string;
  readonly number: number;
  readonly project: Project;
  readonly sourceVersion: string | undefined;
  readonly environmentVariables: readonly EnvironmentVariable[];
  readonly timeoutMinutes: number;
  readonly initiator: string;
  readonly startMs: number;
  readonly phases: Phase[];
  status: BuildStatus;
  endMs?: number;
  exported: readonly { readonly name: string; readonly value: string }[];
  /** The next thing to happen to it. */
  timer?: Timer;
  readonly ended: Promise<void>;
  readonly tellEnd: () => void;
}

/** A build as BatchGetBuilds shows it. */
export function buildDescription(build: Build, region: string): Record<string, unknown> {
  const { project, phases, endMs } = build;
  const { source, environment, artifacts, serviceRole } = project.input;
  const { groupName, streamName } = logsOf(build);
  return {
    id: build.id,
    arn: build.arn,
    buildNumber: build.number,
    startTime: new Date(build.startMs),
    ...(endMs !== undefined && { endTime: new Date(endMs) }),
    currentPhase: phases.at(-1)!.type,
    buildStatus: build.status,
    ...(build.sourceVersion !== undefined && {
      sourceVersion: build.sourceVersion,
      resolvedSourceVersion: build.sourceVersion,
    }),
    projectName: project.input.name,
    phases: phases.map(phaseDescription),
    source,
    artifacts: { location: '', type: artifacts.type },
    cache: { type: 'NO_CACHE' },
    environment: { ...environment, environmentVariables: build.environmentVariables },
    serviceRole,
    logs: {
      groupName,
      streamName,
      deepLink: `https://console.aws.amazon.com/cloudwatch/home?region=${region}#logEvent:group=${groupName};stream=${streamName}`,
    },
    timeoutInMinutes: build.timeoutMinutes,
    queuedTimeoutInMinutes: 480,
    buildComplete: endMs !== undefined,
    initiator: build.initiator,
    encryptionKey: `arn:aws:kms:${region}:${build.arn.split(':')[4]}:alias/aws/s3`,
    exportedEnvironmentVariables: build.exported,
  };
}

export const logsOf = ({ id, project }: Build): { groupName: string; streamName: string } => ({
  groupName: `/aws/codebuild/${project.input.name}`,
  streamName: id.split(':').at(-1)!,
});

const phaseDescription = ({ type, startMs, endMs, status, message }: Phase) => ({
  phaseType: type,
  startTime: new Date(startMs),
  ...(endMs !== undefined && {
    phaseStatus: status,
    endTime: new Date(endMs),
    durationInSeconds: Math.round((endMs - startMs) / 1000),
    contexts: [{ statusCode: '', message: message ?? '' }],
  }),
});
