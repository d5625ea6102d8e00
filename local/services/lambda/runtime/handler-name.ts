import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Answer, errorAnswer } from '../invocation.ts';

/** Where a handler's code is and what it is called there. */
export interface HandlerPlace {
  readonly file: string;
  readonly exported: string;
}

/** @returns Lambda's error if there is no such file */
export const handlerPlace = (directory: string, handler: string): HandlerPlace | Answer => {
  const dot = handler.lastIndexOf('.');
  const base = join(directory, handler.slice(0, dot));
  const file = ['.js', '.mjs', '.cjs'].map((ending) => base + ending).find(existsSync);
  if (file !== undefined) return { file, exported: handler.slice(dot + 1) };
  const message = `Error: Cannot find module '${handler.slice(0, dot).split('/').at(-1)}'`;
  return errorAnswer('Runtime.ImportModuleError', message, [`Runtime.ImportModuleError: ${message}`]);
};

/** What a module exports under the handler's name, or Lambda's error if that is not a function. */
export const handlerIn = <Handler>(module: object, exported: string, handler: string): Handler | Answer => {
  const { default: common, ...named } = module as Record<string, unknown>;
  const found = named[exported] ?? (common as Record<string, unknown> | undefined)?.[exported];
  return typeof found === 'function'
    ? (found as Handler)
    : errorAnswer('Runtime.HandlerNotFound', `${handler} is undefined or not exported`, []);
};
