import { createRequire } from 'node:module';

type Data = Record<string, unknown>;
type Action = (store: unknown, data: Data, done: (error: unknown, output: Data) => void) => void;

interface Validations {
  checkTypes(data: Data, types: unknown): Data;
  checkValidations(data: Data, types: unknown, custom: unknown, store: unknown): void;
}

// Dynalite is CommonJS and loads its actions by name.
const require = createRequire(import.meta.url);

/** What dynalite, which was held to DynamoDB itself, answers or refuses. */
export interface Verdict {
  readonly output?: Data;
  readonly code?: string;
  readonly message?: string;
}

/** Dynalite broke on a request, which says nothing about DynamoDB. */
export class Broken extends Error {}

type Get = (key: unknown, done: (error: unknown, value: unknown) => void) => void;

interface Store {
  getItemDb(name: string): { get: Get };
}

/** Another implementation of DynamoDB to compare with, without its HTTP. */
export class Dynalite {
  readonly #store = (require('dynalite/db') as { create(options: Data): Store }).create({
    createTableMs: 0,
    deleteTableMs: 0,
  });
  #broke: (error: unknown) => void = () => {};

  constructor() {
    const { getItemDb } = this.#store;
    this.#store.getItemDb = (name) => {
      const items = getItemDb(name);
      const get: Get = (key, done) =>
        items.get(key, (error, value) => {
          try {
            done(error, value);
          } catch (fault) {
            this.#broke(new Broken(String(fault)));
          }
        });
      return new Proxy(items, { get: (of, member) => (member === 'get' ? get : Reflect.get(of, member)) });
    };
  }

  async createTable(properties: object): Promise<void> {
    await this.call('CreateTable', properties as Data);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** @throws Broken */
  async call(name: string, input: object): Promise<Verdict> {
    const file = name[0]!.toLowerCase() + name.slice(1);
    const validations = require('dynalite/validations') as Validations;
    const { types, custom } = require(`dynalite/validations/${file}`) as { types: unknown; custom: unknown };
    const action = require(`dynalite/actions/${file}`) as Action;
    try {
      const output = await new Promise<Data>((resolve, reject) => {
        this.#broke = reject;
        const data = validations.checkTypes(structuredClone(input) as Data, types);
        validations.checkValidations(data, types, custom, this.#store);
        action(this.#store, data, (error, answer) => (error ? reject(error) : resolve(answer)));
      });
      return { output: JSON.parse(JSON.stringify(output)) as Data };
    } catch (error) {
      const { body } = error as { body?: { __type: string; message?: string; Message?: string } };
      if (body === undefined) throw error;
      return { code: body.__type.split('#').at(-1)!, message: body.message ?? body.Message ?? '' };
    }
  }
}
