/** How clocks on the wall of a place stand to the world's time. Wall times are written as if they were UTC. */
export interface Zone {
  wallOf(instantMs: number): number;
  /** The first moment at which the wall shows this; undefined if it never does, where clocks go forward. */
  instantOf(wallMs: number): number | undefined;
}

export const UTC: Zone = { wallOf: (instantMs) => instantMs, instantOf: (wallMs) => wallMs };

const DAY_MS = 86_400_000;

/** @returns undefined for what is no name of a zone in the IANA database, such as `+01:00` or `europe/berlin` */
export function zoneOf(name: string): Zone | undefined {
  if (name === 'UTC') return UTC;
  // Java's rule, by which AWS reads names: letters count as they are written.
  if (!/^[A-Z]/.test(name) || /\/[a-z]/.test(name)) return undefined;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return undefined;
  }
  const wallOf = (instantMs: number): number => wallBy(format, instantMs);
  return {
    wallOf,
    instantOf(wallMs) {
      // No zone changes its clocks twice within two days, so one of the two offsets holds.
      const offsets = [wallMs - DAY_MS, wallMs + DAY_MS].map((nearMs) => wallOf(nearMs) - nearMs);
      const instants = offsets.map((offset) => wallMs - offset).filter((ms) => wallOf(ms) === wallMs);
      return instants.length === 0 ? undefined : Math.min(...instants);
    },
  };
}

function wallBy(format: Intl.DateTimeFormat, instantMs: number): number {
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of format.formatToParts(instantMs)) part[type] = Number(value);
  const { year, month, day, hour, minute, second } = part as Record<string, number>;
  const wholeMs = Date.UTC(year!, month! - 1, day!, hour!, minute!, second!);
  return wholeMs + (((instantMs % 1000) + 1000) % 1000);
}
