import type { Io } from '../../../cli/io.ts';
import { main } from '../../../cli/main.ts';
import type { World } from '../../../local/world.ts';

/** What somebody who typed a command saw, and what the shell was told. */
export interface Seen {
  readonly code: number;
  readonly out: string;
  readonly log: string;
}

export interface Typing {
  /** Where the command acts; AWS cannot be reached without one. */
  readonly world?: World;
  readonly environment?: Readonly<Record<string, string>>;
  /** What is answered when the command asks; nobody is there unless told. */
  readonly answer?: string;
  /** Ctrl+C is pressed when the command waits for the first time. */
  readonly stops?: boolean;
}

/** Types a command in this process; where it waits, the world's time passes. */
export async function typed(command: readonly string[], typing: Typing = {}): Promise<Seen> {
  const { world, environment = {}, answer, stops = false } = typing;
  const stopping = new AbortController();
  const out: string[] = [];
  const log: string[] = [];
  const io: Io = {
    out: (text) => void out.push(text),
    log: (text) => void log.push(text),
    ask: async (question) => {
      log.push(question);
      return answer;
    },
    pause: async (ms) => {
      if (stops) stopping.abort();
      else await world?.clock.advance(Math.max(ms, 60_000));
    },
    stopped: stopping.signal,
    environment: { ...(world && { AWS_ENDPOINT_URL: world.endpointUrl }), ...environment },
    hasColour: false,
    hasLogColour: false,
    columns: 120,
    user: 'you',
  };
  const code = await main(command, io);
  return { code, out: out.join('\n'), log: log.join('\n') };
}

/** The one JSON document of an answer. */
export const documentOf = ({ out }: Seen) => JSON.parse(out);
