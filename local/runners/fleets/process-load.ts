import { readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import type { InstanceLoad } from '../runner.ts';

/** Linux counts CPU time in hundredths of a second. */
const TICK_MS = 10;

/**
 * What a process has used of this machine since the last question: CPU as 100
 * for each core, memory as a share of all there is. Only Linux tells it in
 * files; elsewhere nothing is measured.
 */
export function processLoad(pid: number | undefined): () => Partial<InstanceLoad> {
  let [lastMs, lastUsedMs] = [performance.now(), usedMs(pid) ?? 0];
  return () => {
    const [nowMs, nowUsedMs, residentBytes] = [performance.now(), usedMs(pid), resident(pid)];
    if (nowUsedMs === undefined || residentBytes === undefined || nowMs === lastMs) return {};
    const cpuPercent = (100 * (nowUsedMs - lastUsedMs)) / (nowMs - lastMs);
    [lastMs, lastUsedMs] = [nowMs, nowUsedMs];
    return { cpuPercent, memoryPercent: (100 * residentBytes) / totalmem() };
  };
}

/** Fields 14 and 15 of `stat`: time in the program and in the kernel. The second field, a name, may hold blanks. */
function usedMs(pid: number | undefined): number | undefined {
  const fields = read(`/proc/${pid}/stat`)?.split(') ').at(-1)?.split(' ');
  return fields && (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

function resident(pid: number | undefined): number | undefined {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? '') ?? [];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
