import { EventRefusedError } from '#shared/errors.ts';
import type { Pipeline } from '#shared/generated/contracts.ts';
import { type Envelope, readMessage, type ScheduleMessage } from './read-message.ts';
import type { Wish } from './wish.ts';
import { fromPackage } from './wishes/approval.ts';
import { fromCodeBuild, fromCodeCommit, fromCodePushed } from './wishes/code.ts';
import { fromAlarm } from './wishes/drift.ts';
import { fromImage } from './wishes/image.ts';
import { fromSchedule } from './wishes/schedule.ts';
import { fromUpload } from './wishes/upload.ts';

type Reader = (event: Envelope, pipelines: readonly Pipeline[]) => Wish[];

/** Who reads an event, by its source and detail type: what the rules of this stack send. */
const READERS: Readonly<Record<string, Reader>> = {
  'aws.s3/Object Created': fromUpload,
  'aws.codecommit/CodeCommit Repository State Change': fromCodeCommit,
  'signalbox.code/Code Pushed': fromCodePushed,
  'aws.codebuild/CodeBuild Build State Change': fromCodeBuild,
  'aws.ecr/ECR Image Action': fromImage,
  'aws.cloudwatch/CloudWatch Alarm State Change': fromAlarm,
  'aws.sagemaker/SageMaker Model Package State Change': fromPackage,
};

/**
 * What a message on the event queue asks for; nothing when no pipeline watches what it tells.
 *
 * @throws EventRefusedError when it is no event that we understand
 */
export function routeEvent(body: string, pipelines: readonly Pipeline[]): Wish[] {
  const message = readMessage(body);
  if (isSchedule(message)) return fromSchedule(message, pipelines);
  const kind = `${message.source}/${message['detail-type']}`;
  const read = Object.hasOwn(READERS, kind) ? READERS[kind] : undefined;
  if (read === undefined) throw new EventRefusedError(`No rule of this stack sends ${kind}.`);
  return read(message, pipelines);
}

const isSchedule = (message: Envelope | ScheduleMessage): message is ScheduleMessage =>
  message.source === 'signalbox.schedule';
