import { deciding } from '#shared/deciding.ts';
import result from '#shared/generated/schemas/plan.json' with { type: 'json' };
import request from '#shared/generated/schemas/plan-release.request.json' with { type: 'json' };
import { planRelease } from './plan-release.ts';

export const handler = deciding(planRelease, { request, result });
