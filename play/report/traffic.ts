import { type Frame, timeAxis } from './axis.ts';
import { chart, figure, type LegendEntry, legend } from './chart.ts';
import type { ReportData } from './data.ts';
import { grouped, plural } from './format.ts';
import { linear } from './scale.ts';
import { type Markup, markup } from './svg.ts';
import { columnsOf, fleetsOf } from './traffic/columns.ts';
import { latencyPlot } from './traffic/latency.ts';
import { placeFlags, ringsOf } from './traffic/marks.ts';
import { letterOf, ratesPlot, readings } from './traffic/rates.ts';

const WIDTH = 1080;
const LEFT = 52;
const RIGHT = WIDTH - 10;

/** Requests by fleet over the whole rehearsal, what failed, and when something changed. */
export function trafficChart(data: ReportData): Markup {
  const { traffic } = data;
  const fleets = fleetsOf(traffic);
  if (fleets.length === 0) return markup`<p class="quiet">No requests were sent.</p>`;
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
  const caption = sentence(data, fleets);
  const content = markup`${hatch}
    ${rings}
    ${timeAxis(whole, x, fromMs, toMs)}
    ${ratesPlot(columns, fleets, x, rates)}
    ${latencyPlot(columns, fleets, x, latency)}
    ${flags.draw(whole.bottom)}
    ${readings(columns, fleets, x, whole)}`;
  return figure(
    { title: 'Requests per second', caption },
    chart(WIDTH, latency.bottom + 26, `Traffic. ${caption}`, content),
    legend([...fleets.map((fleet, index) => fleetEntry(data, fleet, index)), failedEntry, ringEntry]),
  );
}

function sentence({ traffic, speed }: ReportData, fleets: readonly string[]): string {
  const onChampion = traffic.failedOnChampion === 0 ? 'none' : grouped(traffic.failedOnChampion);
  const failed =
    traffic.failed === 0
      ? 'none failed'
      : `${grouped(traffic.failed)} failed, ${onChampion} of them on a champion`;
  return [
    `${plural(traffic.requests, 'request')} to ${plural(fleets.length, 'fleet')}; ${failed}.`,
    `Rates are per real second; the time below is the world’s, which runs ${speed} times as fast.`,
  ].join(' ');
}

function fleetEntry(data: ReportData, fleet: string, index: number): LegendEntry {
  const owner = data.releases.findIndex(({ endpoint }) => endpoint?.intendedConfig === fleet);
  const role = owner === -1 ? '' : ` of release ${owner + 1}`;
  return {
    swatch: markup`<g class="fleet fleet-${index % 6}"><path d="M0 0H22V12H0Z"/>
        <text class="letter" x="11" y="10" text-anchor="middle">${letterOf(index)}</text></g>`,
    text: markup`fleet${role} <span class="name">${fleet}</span>`,
  };
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
