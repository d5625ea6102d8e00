import { deciding } from '#shared/deciding.ts';
import type { CheckRequest } from '#shared/generated/contracts.ts';
import pipelines from '#shared/generated/pipelines.json' with { type: 'json' };
import request from '#shared/generated/schemas/check-request.request.json' with { type: 'json' };
import result from '#shared/generated/schemas/check-request.result.json' with { type: 'json' };
import { checkRequest } from './check-request.ts';

export const handler = deciding((asked: CheckRequest) => checkRequest(asked, pipelines), { request, result });
