import type { ReportData } from './data.ts';
import { clock, day } from './format.ts';
import { header } from './header.ts';
import { page } from './page.ts';
import { releaseSection } from './release.ts';
import { anchorOf, badge, summaryTable } from './summary.ts';
import { markup } from './svg.ts';
import { trafficChart } from './traffic.ts';

/** `report.html`: a rehearsal as one page that can be read without anything else. */
export function renderReport(data: ReportData): string {
  const { releases } = data;
  const tabs = releases.map(
    ({ outcome, id }, index) =>
      markup`<a href="#${anchorOf(index)}" title="${id}"><span>Release ${index + 1}</span>${badge(outcome)}
        </a>`,
  );
  const body = markup`${header(data)}
    ${
      releases.length > 0 &&
      markup`<section class="card"><h2>Releases</h2>${summaryTable(releases)}
      </section>`
    }<section class="card"><h2>Traffic through the whole run</h2>${trafficChart(data)}</section>
    <section id="releases"><h2>Release by release</h2><nav class="tabs" aria-label="Releases">${tabs}</nav>
      ${releases.map((release, index) => releaseSection(release, index, data.machines))}</section><footer>
      <h2>Play it again</h2>
      <p>The same seed takes the same turns of chance; real processes may take a moment more or less.</p><pre>
        <code>npm start -- --seed ${String(data.seed)}</code></pre>
      <p class="quiet">Times are the world’s clock in UTC, which started at ${day(data.startedAtMs)} 
        ${clock(data.startedAtMs)}. Signalbox’s local world is not AWS; <code>docs/fidelity.md
        </code> says where they differ.</p></footer>`;
  return page(`Signalbox: ${releases.length} releases, seed ${data.seed}`, body);
}
