import { deciding } from '#shared/deciding.ts';
import request from '#shared/generated/schemas/write-question.request.json' with { type: 'json' };
import result from '#shared/generated/schemas/write-question.result.json' with { type: 'json' };
import { writeQuestion } from './write-question.ts';

export const handler = deciding(writeQuestion, { request, result });
