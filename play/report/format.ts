/** U+202F: groups and units stay on one line. */
const THIN = '\u202f';

/** `850 ms`, `38 s`, `4 m 12 s`, `1 h 04 m`, `2 d 03 h`. */
export function duration(ms: number): string {
  if (!Number.isFinite(ms)) return '–';
  if (ms < 1000) return `${Math.max(0, Math.round(ms))}${THIN}ms`;
  const seconds = ms / 1000;
  if (seconds < 9.95) return `${Number(seconds.toFixed(1))}${THIN}s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}${THIN}s`;
  if (whole < 3600) return pair(Math.floor(whole / 60), 'm', whole % 60, 's');
  const minutes = Math.round(whole / 60);
  if (minutes < 48 * 60) return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'm');
  const hours = Math.round(minutes / 60);
  return pair(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

/** `09:04:12`, in UTC. */
export function clock(atMs: number): string {
  return iso(atMs).slice(11, 19);
}

/** `09:04`, in UTC. */
export function clockMinutes(atMs: number): string {
  return iso(atMs).slice(11, 16);
}

/** `2026-03-02`, in UTC. */
export function day(atMs: number): string {
  return iso(atMs).slice(0, 10);
}

/** `12 480` */
export function grouped(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, THIN);
}

/** `0.684`: three decimals are what a metric is told by. */
export function metric(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return '–';
  return Math.abs(value) >= 1000 ? grouped(value) : value.toFixed(3).replace('-', '−');
}

/** `+0.012` */
export function difference(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const text = Math.abs(value).toFixed(3);
  return text === '0.000' ? '±0.000' : `${value < 0 ? '−' : '+'}${text}`;
}

/** `68 %` */
export function percent(share: number): string {
  return Number.isFinite(share) ? `${Math.round(share * 100)}${THIN}%` : '–';
}

/** `1 release`, `3 releases` */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)}${THIN}${count === 1 ? one : many}`;
}

/** Long names end alike and differ in the end: what is cut is the middle. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const tail = Math.floor((length - 1) / 2);
  return `${text.slice(0, length - 1 - tail)}…${text.slice(text.length - tail)}`;
}

/** Pixels that `text` takes at `size` pixels, a little more than most system fonts need. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const letter of text) width += letterWidth(letter);
  return width * size;
}

function letterWidth(letter: string): number {
  if ("iljtfI.,:;'|!()[] ".includes(letter)) return 0.36;
  if ('mwMW—…%'.includes(letter)) return 0.92;
  return letter >= 'A' && letter <= 'Z' ? 0.7 : 0.6;
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return `${large}${THIN}${largeUnit} ${String(small).padStart(2, '0')}${THIN}${smallUnit}`;
}

function iso(atMs: number): string {
  return Number.isFinite(atMs) ? new Date(atMs).toISOString() : '----------T--:--:--';
}
