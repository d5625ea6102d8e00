import { faultText } from '#shared/faults.ts';
import { answerOf } from './answer-of.ts';
import type { Job } from './codepipeline-event.ts';
import { type Answer, type Doors, PermissionDenied } from './doors.ts';
import { releaseRequest } from './release-request.ts';

/**
 * One call of CodePipeline's Lambda action. The first starts the release, the
 * later ones look at it, until the job can be told how it ended. A stage that is
 * retried brings another job: it starts another execution with the same intent,
 * which ends as the release does that has it.
 */
export async function completeCodePipelineJob(job: Job, doors: Doors): Promise<Answer> {
  const answer = await answerTo(job, doors);
  await doors.answer(job.id, answer);
  return answer;
}

async function answerTo({ id, data }: Job, doors: Doors): Promise<Answer> {
  try {
    const executionArn = data.continuationToken ?? (await started(id, data, doors));
    return typeof executionArn === 'string' ? answerOf(await doors.look(executionArn)) : executionArn;
  } catch (error) {
    if (!(error instanceof PermissionDenied)) throw error;
    return { kind: 'failure', type: 'PermissionError', message: error.message };
  }
}

/** @returns the execution's ARN, or what is wrong with the parameters */
async function started(id: string, data: Job['data'], doors: Doors): Promise<string | Answer> {
  const request = releaseRequest(data.actionConfiguration.configuration.UserParameters);
  if ('pipeline' in request) return doors.start(`codepipeline-${id}`, request);
  return {
    kind: 'failure',
    type: 'ConfigurationError',
    message: `UserParameters are refused: ${faultText(request)}`,
  };
}
