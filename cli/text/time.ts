import { took } from '../../play/terminal/took.ts';

/** `2026-03-02 09:31`, in UTC as all of AWS tells it; empty stays empty. */
export const minute = (iso: string): string => iso.slice(0, 16).replace('T', ' ');

/** `09:31:07` of an instant, in UTC. */
export const second = (time: Date): string => time.toISOString().slice(11, 19);

/** How long it took; empty while it runs. */
export const tookBetween = (from: string, to: string): string =>
  from === '' || to === '' ? '' : took(Date.parse(to) - Date.parse(from));

/** A limit as its author would say it: `4 h`, `10 min`, `1 h 30 min`, `90 s`. */
export function span(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = seconds % 60;
  const parts = [
    ...(hours > 0 ? [`${hours} h`] : []),
    ...(minutes > 0 ? [`${minutes} min`] : []),
    ...(rest > 0 ? [`${rest} s`] : []),
  ];
  return parts.join(' ') || '0 s';
}
