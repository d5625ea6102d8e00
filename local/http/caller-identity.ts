import { notModelled } from '../aws-error.ts';
import type { Caller } from '../service.ts';
import { formOf, queryAnswer, queryReply } from './aws-query.ts';
import type { HttpReply, HttpRequest } from './message.ts';
import { tag } from './xml-writer.ts';

/**
 * `sts get-caller-identity`, which a shell asks to see whose key it holds. It
 * needs no permission and changes nothing, so no service stands behind it.
 *
 * @throws AwsError `NotModelled` for any other operation of STS: roles here are taken by their key
 */
export const callerIdentity = (
  request: HttpRequest,
  caller: Caller,
  accountId: string,
  requestId: string,
): HttpReply => {
  const operation = formOf(request).get('Action') ?? '';
  if (operation !== 'GetCallerIdentity') throw notModelled(`sts ${operation}`);
  const [, role] = /:role\/(?:.*\/)?([^/]+)$/.exec(caller.arn) ?? [];
  const arn = role ? `arn:aws:sts::${accountId}:assumed-role/${role}/local` : caller.arn;
  const userId = role ? `AROA${role}:local` : 'AIDALOCAL';
  const result = tag(
    'GetCallerIdentityResult',
    tag('Arn', arn) + tag('UserId', userId) + tag('Account', accountId),
  );
  return queryReply(200, queryAnswer(operation, result, requestId, STS_NAMESPACE), requestId);
};

export const STS_NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';
