import type { ReportData } from './data.ts';
import { clock, day, duration, grouped, plural } from './format.ts';
import { outcomeLook } from './outcome.ts';
import { type Markup, markup } from './svg.ts';

/** A railway signal: two lamps on a post, the lower one lit. */
const SIGNAL = markup`<svg class="signal" viewBox="0 0 40 64" width="40" height="64" aria-hidden="true">
    <path class="post" d="M20 40V62M10 62H30"/><rect class="head" x="8" y="2" width="24" height="40" rx="12"/>
    <circle class="lamp" cx="20" cy="14" r="6"/><circle class="lamp lit" cx="20" cy="30" r="6"/></svg>`;

export function header(data: ReportData): Markup {
  const pipelines = [...new Set(data.releases.map(({ pipeline }) => pipeline))];
  return markup`<header class="masthead">${SIGNAL}<div><p class="kicker">Signalbox · rehearsal report</p>
        <h1>${headline(data)}</h1><p class="lead">${plural(data.releases.length, 'release')} of 
          ${
            pipelines.length === 0
              ? 'no pipeline'
              : markup`
            ${pipelines.map(
              (name, index) => markup`${index > 0 && ', '}<b>${name}
              </b>`,
            )}`
          } ran on this machine from the packaged stack, on ${day(data.startedAtMs)} from 
          ${clock(data.startedAtMs)} to ${clock(data.endedAtMs)} UTC by the world’s clock.</p></div></header>
    <dl class="facts">${fact('seed', String(data.seed), 'the same seed plays the same chances')}
      ${fact('speed', `${grouped(data.speed)}×`, `${duration(data.endedAtMs - data.startedAtMs)} of the world`)}
      ${fact('wall time', duration(data.wallSeconds * 1000), 'on your clock')}
      ${fact('peak memory', `${grouped(data.peakRssMb)}\u202fMB`, 'all processes together')}
      ${fact('transitions', grouped(data.releases.reduce((sum, { transitions }) => sum + transitions, 0)), 'states entered')}
      ${fact('requests', grouped(data.traffic.requests), `${grouped(data.traffic.failed)} failed, ${grouped(data.traffic.failedOnChampion)} on a champion`)}
    </dl>`;
}

export function fact(name: string, value: string, note: string): Markup {
  return markup`<div><dt>${name}</dt><dd>${value}<small>${note}</small></dd></div>`;
}

/** `2 live, 1 rolled back, 1 rejected` */
function headline({ releases }: ReportData): string {
  const counts = new Map<string, number>();
  for (const { outcome } of releases) {
    const word = outcomeLook(outcome).word.replaceAll('_', ' ').toLowerCase();
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts.size === 0
    ? 'No release was started'
    : [...counts].map(([word, count]) => `${count} ${word}`).join(', ');
}
