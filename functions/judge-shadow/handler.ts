import { deciding } from '#shared/deciding.ts';
import request from '#shared/generated/schemas/judge-shadow.request.json' with { type: 'json' };
import result from '#shared/generated/schemas/judge-shadow.result.json' with { type: 'json' };
import { judgeShadow } from './judge-shadow.ts';

export const handler = deciding(judgeShadow, { request, result });
