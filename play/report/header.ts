import type { ReportData } from './data.ts';
import { clock, day, duration, grouped, plural } from './format.ts';
import { outcomeLook } from './outcome.ts';
import { type Markup, markup } from './svg.ts';

/** A railway signal: two lamps on a post, the lower one lit. */
const SIGNAL = markup`<svg class="signal" viewBox="0 0 40 64" width="40" height="64" aria-hidden="true">
    <path class="post" d="M20 40V62M10 62H30"/>
    <rect class="head" x="8" y="2" width="24" height="40" rx="12"/>
    <circle class="lamp" cx="20" cy="14" r="6"/>
    <circle class="lamp lit" cx="20" cy="30" r="6"/>
  </svg>`;

export function header(data: ReportData): Markup {
  return markup`<header class="masthead">
      ${SIGNAL}
      <div>
        <p class="kicker">Signalbox · rehearsal report</p>
        <h1>${headline(data)}</h1>
        <p class="lead">${lead(data)}</p>
      </div>
    </header>
    ${facts(data)}`;
}

export function fact(name: string, value: string, note: string): Markup {
  return markup`<div><dt>${name}</dt><dd>${value}<small>${note}</small></dd></div>`;
}

function facts(data: ReportData): Markup {
  const { traffic, releases } = data;
  const transitions = releases.reduce((sum, release) => sum + release.transitions, 0);
  const failed = `${grouped(traffic.failed)} failed, ${grouped(traffic.failedOnChampion)} on a champion`;
  return markup`<dl class="facts">
      ${fact('seed', String(data.seed), 'the same seed plays the same chances')}
      ${fact('speed', `${grouped(data.speed)}×`, `${duration(data.endedAtMs - data.startedAtMs)} of the world`)}
      ${fact('wall time', duration(data.wallSeconds * 1000), 'on your clock')}
      ${fact('peak memory', `${grouped(data.peakRssMb)}\u202fMB`, 'all processes together')}
      ${fact('transitions', grouped(transitions), 'states entered')}
      ${fact('requests', grouped(traffic.requests), failed)}
    </dl>`;
}

function lead({ releases, startedAtMs, endedAtMs }: ReportData): string {
  const pipelines = [...new Set(releases.map(({ pipeline }) => pipeline))];
  const what = pipelines.length === 0 ? '' : ` of ${pipelines.join(', ')}`;
  return [
    `${plural(releases.length, 'release')}${what} ran on this machine from the packaged stack,`,
    `on ${day(startedAtMs)} from ${clock(startedAtMs)} to ${clock(endedAtMs)} UTC by the world’s clock.`,
  ].join(' ');
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
