import { errorOfJob } from '#shared/errors.ts';
import type { Failure, StateFailure } from '#shared/generated/contracts.ts';

/** Long enough for any reason a job gives (1,024 characters) and some context. */
const LONGEST_REASON = 2000;

/** How deep JSON is wrapped in JSON: an execution's cause, its child's cause, the job's description. */
const DEEPEST = 5;

/**
 * The reason inside a Step Functions error. A Cause may be plain text, or JSON
 * text of a Lambda error, of a job's description, or of a child execution whose
 * own Cause is any of these again; a long one may be cut off.
 */
export function readFailure({ Error: error, Cause: cause = '', State: state }: StateFailure): Failure {
  const found = unwrap(error, cause, DEEPEST);
  return {
    error: (found.error === 'States.TaskFailed' ? errorOfJob[state] : undefined) ?? found.error,
    cause: found.cause.trim().slice(0, LONGEST_REASON) || `${found.error}, without a reason`,
    state,
  };
}

interface Found {
  readonly error: string;
  readonly cause: string;
}

function unwrap(error: string, cause: string, depth: number): Found {
  const value = depth > 0 ? parsed(cause) : undefined;
  if (value === undefined) return { error, cause: fromCutJson(cause) ?? cause };

  const text = (key: string): string | undefined =>
    typeof value[key] === 'string' ? (value[key] as string) : undefined;
  // A Lambda function's error.
  const message = text('errorMessage');
  if (message !== undefined) return { error: text('errorType') ?? error, cause: message };
  // A build's description.
  const build = value.Build as BuildDescription | undefined;
  if (build?.BuildStatus !== undefined) return { error, cause: buildCause(build) };
  // A child execution's description.
  const childCause = text('Cause');
  if (childCause !== undefined) return unwrap(text('Error') ?? error, childCause, depth - 1);
  // A SageMaker job's description.
  // A processing job's own words are its ExitMessage; FailureReason then only says that there are some.
  const reason = text('ExitMessage') || text('FailureReason');
  if (reason) return { error, cause: withJob(reason, value) };
  return { error, cause };
}

interface BuildDescription {
  readonly Id?: string;
  readonly BuildStatus?: string;
  readonly Logs?: { readonly DeepLink?: string };
  readonly Phases?: readonly {
    readonly PhaseType?: string;
    readonly PhaseStatus?: string;
    readonly Contexts?: readonly { readonly Message?: string }[];
  }[];
}

/** The phase in which a build broke, with its own words and where its log is. */
function buildCause({ Id, BuildStatus, Phases = [], Logs }: BuildDescription): string {
  const broken = Phases.find(({ PhaseStatus }) => PhaseStatus !== undefined && PhaseStatus !== 'SUCCEEDED');
  const words = broken?.Contexts?.map(({ Message }) => Message).filter(Boolean) ?? [];
  const phase = broken
    ? ` in its phase ${broken.PhaseType}${words.length > 0 ? `: ${words.join('; ')}` : ''}`
    : '';
  const log = Logs?.DeepLink ? `. Log: ${Logs.DeepLink}` : '';
  return `The build ${Id} ended as ${BuildStatus}${phase}${log}`;
}

function withJob(reason: string, description: Record<string, unknown>): string {
  const job = description.TrainingJobName ?? description.ProcessingJobName;
  return typeof job === 'string' ? `${reason} (job ${job})` : reason;
}

function parsed(text: string): Record<string, unknown> | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Step Functions cuts a Cause at 32,768 characters; the reason may still stand in what is left. */
function fromCutJson(text: string): string | undefined {
  const match = /"(?:FailureReason|errorMessage)"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(text);
  if (match === null) return undefined;
  try {
    return JSON.parse(`"${match[1]}"`) as string;
  } catch {
    return match[1];
  }
}
