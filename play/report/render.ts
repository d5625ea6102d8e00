import type { ReportData, ReportRelease } from './data.ts';
import { clock, day, plural } from './format.ts';
import { header } from './header.ts';
import { page } from './page.ts';
import { releaseSection } from './release.ts';
import { anchorOf, badge, summaryTable } from './summary.ts';
import { type Markup, markup } from './svg.ts';
import { trafficChart } from './traffic.ts';

/** `report.html`: a rehearsal as one page that can be read without anything else. */
export function renderReport(data: ReportData): string {
  const { releases } = data;
  const body = markup`${header(data)}
    ${releases.length > 0 && markup`<section class="card"><h2>Releases</h2>${summaryTable(releases)}</section>`}
    <section class="card"><h2>Traffic through the whole run</h2>${trafficChart(data)}</section>
    <section id="releases">
      <h2>Release by release</h2>
      <nav class="tabs" aria-label="Releases">${releases.map(tab)}</nav>
      ${releases.map((release, index) => releaseSection(release, index, data.machines))}
    </section>
    ${replay(data)}`;
  return page(`Signalbox: ${plural(releases.length, 'release')}, seed ${data.seed}`, body);
}

function tab({ outcome, id }: ReportRelease, index: number): Markup {
  return markup`<a href="#${anchorOf(index)}" title="${id}">
      <span>Release ${index + 1}</span>
      ${badge(outcome)}
    </a>`;
}

function replay({ seed, startedAtMs, pipelineFile }: ReportData): Markup {
  const times = `Times are the world’s clock in UTC, which started at ${day(startedAtMs)} ${clock(startedAtMs)}.`;
  return markup`<footer>
      <h2>Play it again</h2>
      <p>The same seed takes the same turns of chance; real processes may take a moment more or less.</p>
      <pre><code>npm start -- ${pipelineFile !== undefined && `--pipeline ${pipelineFile} `}--seed ${String(seed)}</code></pre>
      <p class="quiet">${times} The local world is not AWS: <code>docs/fidelity.md</code> says where they differ.</p>
    </footer>`;
}
