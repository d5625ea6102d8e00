import { deciding } from '#shared/deciding.ts';
import request from '#shared/generated/schemas/judge-challenger.request.json' with { type: 'json' };
import result from '#shared/generated/schemas/judge-challenger.result.json' with { type: 'json' };
import { judgeChallenger } from './judge-challenger.ts';

export const handler = deciding(judgeChallenger, { request, result });
