import { Console } from 'node:console';
import { EventEmitter } from 'node:events';
import { Writable } from 'node:stream';

/** What ends a function's run where it stands. It is thrown, since nothing else stops code in this thread. */
export class Exit {
  readonly code: number;
  constructor(code: number) {
    this.code = code;
  }
}

interface Doors {
  readonly env: Readonly<Record<string, string>>;
  readonly directory: string;
  log(text: string): void;
  exit(code: number): void;
  callback<Args extends unknown[]>(action: (...args: Args) => void): (...args: Args) => void;
}

/** `process` and `console` as a function in this thread sees them: nothing of this machine's own. */
export const functionProcess = ({ env, directory, log, exit, callback }: Doors) => {
  const writes = (): Writable =>
    new Writable({
      decodeStrings: false,
      write(chunk: string | Uint8Array, _encoding, done) {
        log(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
        done();
      },
    });
  const stdout = writes();
  const stderr = writes();
  const own = {
    env: { ...env },
    argv: [process.execPath],
    execArgv: [],
    exitCode: undefined as number | undefined,
    stdout,
    stderr,
    cwd: () => directory,
    exit(given?: number): never {
      const code = Number(given ?? functionsProcess.exitCode ?? 0);
      exit(code);
      throw new Exit(code);
    },
    nextTick: <Args extends unknown[]>(action: (...args: Args) => void, ...args: Args) =>
      process.nextTick(callback(action), ...args),
    emitWarning: (warning: string | Error) => log(`${warning}\n`),
  };
  // The rest (version, hrtime, memoryUsage …) tells of the machine what every function may know.
  const inherited = Object.fromEntries(SHARED.map((name) => [name, process[name]]));
  const functionsProcess = Object.assign(new EventEmitter(), inherited, own);
  const FunctionConsole = class extends Console {
    constructor(...given: unknown[]) {
      super(...(given as [NodeJS.WritableStream]));
    }
  };
  const functionsConsole = Object.assign(new Console(stdout, stderr), { Console: FunctionConsole });
  return { process: functionsProcess, console: functionsConsole };
};

const SHARED = [
  'arch',
  'config',
  'cpuUsage',
  'execPath',
  'features',
  'geteuid',
  'getuid',
  'getgid',
  'hrtime',
  'memoryUsage',
  'pid',
  'platform',
  'ppid',
  'release',
  'resourceUsage',
  'title',
  'umask',
  'uptime',
  'version',
  'versions',
] as const satisfies readonly (keyof NodeJS.Process)[];
