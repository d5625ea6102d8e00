import { createRequire } from 'node:module';

/** An error as dynalite answers it. */
export interface DynaliteError {
  readonly statusCode: number;
  readonly body: { readonly __type: string; readonly message?: string; readonly Message?: string };
}

/** Dynalite's database, of which its own HTTP server uses nothing more. */
export interface Store {
  readonly tableDb: {
    awsAccountId: string;
    awsRegion: string;
    put(key: string, value: unknown, done: (error?: Error) => void): void;
  };
  readonly db: { close(done: (error?: Error) => void): void };
}

type Data = Record<string, unknown>;

interface Validations {
  checkTypes(data: Data, types: unknown): Data;
  checkValidations(data: Data, types: unknown, custom: unknown, store: Store): void;
}

type Action = (store: Store, data: Data, done: (error: unknown, output: Data) => void) => void;

// Dynalite is CommonJS and loads its actions by name.
const require = createRequire(import.meta.url);

let database: { create(options: Data): Store } | undefined;

/** A new, empty database in memory. Loading dynalite takes about 90 ms, so it waits for the first one. */
export const createStore = (): Store => {
  database ??= require('dynalite/db') as { create(options: Data): Store };
  return database.create({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
};

/**
 * Runs one operation as dynalite's HTTP handler does, without the HTTP.
 *
 * @param name AWS's name of the operation, such as `PutItem`
 * @throws DynaliteError for what DynamoDB refuses
 */
export const runAction = (store: Store, name: string, input: Data): Promise<Data> => {
  const file = name[0]!.toLowerCase() + name.slice(1);
  const validations = require('dynalite/validations') as Validations;
  const { types, custom } = require(`dynalite/validations/${file}`) as { types: unknown; custom: unknown };
  const action = require(`dynalite/actions/${file}`) as Action;
  return new Promise((resolve, reject) => {
    const data = validations.checkTypes(structuredClone(input), types);
    validations.checkValidations(data, types, custom, store);
    action(store, data, (error, output) => {
      if (error) reject(error);
      else resolve(output);
    });
  });
};
