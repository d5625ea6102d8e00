import { pathToFileURL } from 'node:url';
import { types } from 'node:util';
import { type Answer, errorAnswer } from '../invocation.ts';

/** Lambda's answers to what a function throws, with no path of this machine in them. */
export class ErrorAnswers {
  readonly #places: readonly (readonly [here: string, there: string])[];

  /** @param runtimeUrl the module that calls the function, shown as Lambda's own */
  constructor(directory: string, runtimeUrl: string) {
    this.#places = [
      [pathToFileURL(directory).href, 'file:///var/task'],
      [directory, '/var/task'],
      [runtimeUrl, 'file:///var/runtime/index.mjs'],
    ];
  }

  /** For what the handler threw, or what nobody caught. */
  thrown(error: unknown): Answer {
    if (!isError(error)) return errorAnswer(typeof error, String(error), []);
    return errorAnswer(error.name, this.#inLambda(error.message), this.#stack(error));
  }

  /** For what was thrown while the code was loaded. */
  thrownWhileLoading(error: unknown): Answer {
    if (isError(error) && error.name === 'SyntaxError') {
      return errorAnswer('Runtime.UserCodeSyntaxError', `SyntaxError: ${this.#inLambda(error.message)}`, []);
    }
    const { code, message } = (error ?? {}) as { code?: string; message: string };
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') return this.thrown(error);
    return errorAnswer('Runtime.ImportModuleError', `Error: ${this.#inLambda(message)}`, []);
  }

  #stack({ stack = '' }: Error): string[] {
    return this.#inLambda(stack)
      .split('\n')
      .filter((line) => !isOfThisMachine(line));
  }

  #inLambda(text: string): string {
    return this.#places.reduce((shown, [here, there]) => shown.replaceAll(here, there), text);
  }
}

export const unhandledRejection = (reason: unknown): Answer =>
  errorAnswer('Runtime.UnhandledPromiseRejection', String(reason), []);

const isError = (error: unknown): error is Error => types.isNativeError(error) || error instanceof Error;

/** A call of the world that runs the function: Lambda's would not show it. */
const isOfThisMachine = (line: string): boolean =>
  /^\s+at /.test(line) &&
  !line.includes('/var/') &&
  /\.ts:\d|node:vm|node:internal\/vm|node_modules/.test(line);
