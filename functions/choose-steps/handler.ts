import { deciding } from '#shared/deciding.ts';
import request from '#shared/generated/schemas/choose-steps.request.json' with { type: 'json' };
import result from '#shared/generated/schemas/choose-steps.result.json' with { type: 'json' };
import { chooseSteps } from './choose-steps.ts';

export const handler = deciding(chooseSteps, { request, result });
