import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy, { type MiddlewareObj } from '@middy/core';
import { type Contract, check } from './check.ts';
import { ContractError } from './errors.ts';
import { logger } from './logger.ts';

/**
 * A Lambda handler around a pure function: what it needs arrives in its
 * request, because the state machine fetched it. Request and result are held
 * to their contracts.
 *
 * @throws ContractError when a state hands over something else, or the function answers something else
 */
export const deciding = <Request, Result>(
  decide: (request: Request) => Result,
  contracts: { readonly request: Contract; readonly result: Contract },
) =>
  middy<Request, Result>(async (request: Request) => decide(request))
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use(contractsMiddleware<Request, Result>(contracts));

function contractsMiddleware<Request, Result>(contracts: {
  readonly request: Contract;
  readonly result: Contract;
}): MiddlewareObj<Request, Result> {
  const hold = (which: string, contract: Contract, value: unknown): void => {
    const faults = check(contract, value);
    if (faults.length > 0) throw new ContractError(which, faults);
  };
  return {
    before: ({ event }) => hold('request', contracts.request, event),
    after: ({ response }) => hold('result', contracts.result, response),
  };
}
