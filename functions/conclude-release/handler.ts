import { deciding } from '#shared/deciding.ts';
import request from '#shared/generated/schemas/conclude-release.request.json' with { type: 'json' };
import result from '#shared/generated/schemas/conclude-release.result.json' with { type: 'json' };
import { concludeRelease } from './conclude-release.ts';

export const handler = deciding(concludeRelease, { request, result });
