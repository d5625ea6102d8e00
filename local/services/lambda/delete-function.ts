import type { Operation } from '../../service.ts';
import type { Lambda } from './lambda.ts';

export const deleteFunction =
  (lambda: Lambda): Operation =>
  ({ FunctionName }: { readonly FunctionName: string }) => {
    lambda.deleteFunction(FunctionName);
    return {};
  };
