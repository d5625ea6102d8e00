/** The two lines of a Dockerfile that a process on this machine needs. */
export interface Dockerfile {
  readonly entrypoint: readonly string[];
  readonly workdir: string;
}

/**
 * Reads ENTRYPOINT (exec form) and WORKDIR of the last stage.
 *
 * @throws Error if ENTRYPOINT is in shell form: a shell would keep SIGTERM from the program
 */
export const readDockerfile = (text: string): Dockerfile => {
  let entrypoint: string[] = [];
  let workdir = '/';
  for (const line of text.replaceAll(/\\\r?\n/g, ' ').split(/\r?\n/)) {
    const [, instruction = '', rest = ''] = /^\s*([A-Za-z]+)\s+(.*?)\s*$/.exec(line) ?? [];
    switch (instruction.toUpperCase()) {
      case 'FROM':
        entrypoint = [];
        workdir = '/';
        break;
      case 'WORKDIR':
        workdir = rest.startsWith('/') ? rest : `${workdir.replace(/\/$/, '')}/${rest}`;
        break;
      case 'ENTRYPOINT':
        entrypoint = execForm(rest);
        break;
    }
  }
  return { entrypoint, workdir };
};

const execForm = (text: string): string[] => {
  try {
    const words: unknown = JSON.parse(text);
    if (Array.isArray(words) && words.every((word) => typeof word === 'string')) return words;
  } catch {
    // Told below.
  }
  throw new Error(`ENTRYPOINT must be in exec form, such as ["node", "main.ts"], but is: ${text}`);
};
