import { deciding } from '#shared/deciding.ts';
import type { ConcludeRequest, Conclusion, FailRequest } from '#shared/generated/contracts.ts';
import request from '#shared/generated/schemas/conclude-release.request.json' with { type: 'json' };
import result from '#shared/generated/schemas/conclude-release.result.json' with { type: 'json' };
import { concludeRelease } from './conclude-release.ts';
import { endExecution } from './end-execution.ts';

type Ending = Conclusion | Record<string, never>;

export const handler = deciding(
  (asked: ConcludeRequest | FailRequest): Ending =>
    'isRedriven' in asked ? endExecution(asked) : concludeRelease(asked),
  { request, result },
);
