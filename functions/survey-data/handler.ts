import { S3Client } from '@aws-sdk/client-s3';
import { deciding } from '#shared/deciding.ts';
import type { Survey, SurveyRequest } from '#shared/generated/contracts.ts';
import request from '#shared/generated/schemas/survey-data.request.json' with { type: 'json' };
import result from '#shared/generated/schemas/survey-data.result.json' with { type: 'json' };
import { s3Store } from './s3-store.ts';
import { surveyData } from './survey-data.ts';

// A survey of many pages meets every hiccup that S3 has.
const store = s3Store(new S3Client({ maxAttempts: 6 }));

export const handler = deciding<SurveyRequest, Promise<Survey>>((asked) => surveyData(asked, store), {
  request,
  result,
});
