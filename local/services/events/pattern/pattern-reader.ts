import { AwsError } from '../../../aws-error.ts';
import { type JsonTextError, placeIn } from '../../../json-text/fault.ts';
import { jsonTokens, type Token, type TokenKind } from '../../../json-text/tokens.ts';

/** The error with which EventBridge refuses a pattern; `reason` already carries its location, if it has one. */
export const invalidPattern = (reason: string): AwsError =>
  new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);

/** Walks through a pattern's tokens and complains in EventBridge's words. */
export class PatternReader {
  readonly #source: string;
  readonly #tokens: readonly Token[];
  readonly #fault: JsonTextError | undefined;
  #index = -1;
  /** How far AWS's parser has looked. */
  #seenTo = 0;

  constructor(source: string) {
    this.#source = source;
    const { tokens, fault } = jsonTokens(source);
    this.#tokens = tokens;
    this.#fault = fault;
  }

  next(): TokenKind {
    this.#index += 1;
    if (this.#index === this.#tokens.length && this.#fault !== undefined) {
      throw invalidPattern(`${this.#fault.message}${this.#location(this.#fault.offset)}`);
    }
    this.#seenTo = this.#tokens[this.#index]!.seenTo;
    return this.kind;
  }

  get kind(): TokenKind {
    return this.#tokens[this.#index]!.kind;
  }

  get text(): string {
    const { text, readTo } = this.#tokens[this.#index]!;
    this.#seenTo = readTo;
    return text;
  }

  /** @throws AwsError InvalidEventPatternException that points at the current token */
  refuse(reason: string, times = 1): never {
    const location = this.#location(this.#seenTo);
    throw invalidPattern(reason + location.repeat(times));
  }

  #location(offset: number): string {
    return `\n at ${placeIn(this.#source, offset)}`;
  }
}
