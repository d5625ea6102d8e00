import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Peak resident memory of this process and all its children together, in MB, sampled as it goes. */
export class MemoryWatch {
  peakMb = 0;
  #timer: NodeJS.Timeout | undefined;

  start(everyMs = 1000): void {
    this.#timer = setInterval(() => void this.#sample(), everyMs);
    this.#timer.unref();
  }

  async stop(): Promise<number> {
    clearInterval(this.#timer);
    await this.#sample();
    return Math.round(this.peakMb);
  }

  async #sample(): Promise<void> {
    const own = process.memoryUsage.rss() / 2 ** 20;
    this.peakMb = Math.max(this.peakMb, own + (await childrenMb()));
  }
}

/** Memory of all descendants, as `ps` tells it; 0 where there is no `ps`. */
async function childrenMb(): Promise<number> {
  try {
    const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,rss=']);
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number) as [number, number, number]);
    const family = new Set([process.pid]);
    let kilobytes = 0;
    // A child is listed after its parent nearly always; a second pass finds the rest.
    for (let pass = 0; pass < 2; pass += 1) {
      for (const [pid, parent, rss] of rows) {
        if (family.has(pid) || !family.has(parent)) continue;
        family.add(pid);
        kilobytes += rss;
      }
    }
    return kilobytes / 1024;
  } catch {
    return 0;
  }
}
