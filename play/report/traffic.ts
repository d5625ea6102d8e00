import { roleOf } from '../roles.ts';
import { type Frame, timeAxis } from './axis.ts';
import { chart, figure, type LegendEntry, legend } from './chart.ts';
import type { ReportData } from './data.ts';
import { grouped, plural } from './format.ts';
import { linear } from './scale.ts';
import { type Markup, markup } from './svg.ts';
import { type Band, bandsOf, columnsOf } from './traffic/columns.ts';
import { latencyPlot } from './traffic/latency.ts';
import { placeFlags, ringsOf } from './traffic/marks.ts';
import { ownerOf } from './traffic/owner.ts';
import { phasesTable } from './traffic/phases.ts';
import { bandClass, letterOf, ratesPlot, readings } from './traffic/rates.ts';

const WIDTH = 1080;
const LEFT = 52;
const RIGHT = WIDTH - 10;

/** Requests by fleet over the whole rehearsal, what failed, and when something changed. */
export function trafficChart(data: ReportData): Markup {
  const { traffic } = data;
  const bands = bandsOf(traffic);
  if (bands.length === 0) return markup`<p class="quiet">No requests were sent.</p>`;
  const columns = columnsOf(traffic);
  const fromMs = Math.min(data.startedAtMs, columns[0]?.fromMs ?? data.startedAtMs);
  const toMs = Math.max(data.endedAtMs, columns.at(-1)?.toMs ?? data.endedAtMs);
  const x = linear(fromMs, toMs, LEFT, RIGHT);
  const flags = placeFlags(traffic, x, RIGHT);
  const rates: Frame = { left: LEFT, right: RIGHT, top: flags.height + 6, bottom: flags.height + 236 };
  const latency: Frame = { left: LEFT, right: RIGHT, top: rates.bottom + 34, bottom: rates.bottom + 114 };
  const whole: Frame = { ...latency, top: rates.top };
  const rings = ringsOf(traffic, data.endedAtMs).map(
    (ring) =>
      markup`
        <rect class="ring" x="${x(ring.fromMs)}" y="${whole.top}" width="${Math.max(2, x(ring.toMs) - x(ring.fromMs))}" height="${whole.bottom - whole.top}"/>`,
  );
  const caption = sentence(data);
  const content = markup`${hatch}
    ${rings}
    ${timeAxis(whole, x, fromMs, toMs)}
    ${ratesPlot(columns, bands, x, rates)}
    ${latencyPlot(columns, bands, x, latency)}
    ${flags.draw(whole.bottom)}
    ${readings(columns, bands, x, whole)}`;
  return figure(
    { title: 'Requests per second', caption },
    chart(WIDTH, latency.bottom + 26, `Traffic. ${caption}`, content),
    markup`${legend([...bands.map((band, index) => bandEntry(data, band, index)), failedEntry, ringEntry])}${phasesTable(data)}`,
  );
}

function sentence({ traffic, speed }: ReportData): string {
  const onChampion = traffic.failedOnChampion === 0 ? 'none' : grouped(traffic.failedOnChampion);
  const failed =
    traffic.failed === 0
      ? 'none failed'
      : `${grouped(traffic.failed)} failed, ${onChampion} of them on a champion`;
  return [
    `${plural(traffic.requests, 'request')}; ${failed}.`,
    `Rates are per real second; the time below is the world’s, which runs ${speed} times as fast.`,
  ].join(' ');
}

function bandEntry(data: ReportData, band: Band, index: number): LegendEntry {
  return {
    swatch: markup`<g class="${bandClass(band)}"><path d="M0 0H22V12H0Z"/>
        <text class="letter" x="11" y="10" text-anchor="middle">${letterOf(index)}</text></g>`,
    text: markup`${whoseBand(data, band)} <span class="name">${band.key}</span>`,
  };
}

function whoseBand(data: ReportData, band: Band): string {
  const release = ownerOf(data, band.fleet) ?? 'a release';
  switch (roleOf(band)) {
    case 'champion':
      return `the champion while ${release} is tried`;
    case 'challenger':
      return `${release}, tried with a share`;
    case 'shadow':
      return `copies to ${release}, whose answers nobody gets`;
    default:
      return `fleet of ${release}`;
  }
}

/** Failed requests are striped, so that they are seen without their colour. */
const hatch = markup`<defs>
    <pattern id="failed" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect class="failed-ground" width="5" height="5"/><rect class="failed-stripe" width="1.5" height="5"/>
    </pattern></defs>`;
const failedEntry: LegendEntry = {
  swatch: markup`<path class="errors" d="M0 0H22V12H0Z"/>`,
  text: 'failed requests, below the line',
};
const ringEntry: LegendEntry = {
  swatch: markup`<rect class="ring" width="22" height="12"/>`,
  text: 'an alarm rings',
};
