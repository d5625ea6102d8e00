import type { Operation } from '../../service.ts';
import { configurationOf } from './function-configuration.ts';
import type { Lambda } from './lambda.ts';

interface Input {
  readonly FunctionName: string;
  readonly Qualifier?: string;
}

/** Without the place of its code: a packaged function's lies on this machine. */
export const getFunction =
  (lambda: Lambda): Operation =>
  ({ FunctionName, Qualifier }: Input) => ({
    Configuration: configurationOf(lambda.function(FunctionName, Qualifier)),
  });
