import type { ReportRelease } from './data.ts';
import { clock, duration, grouped } from './format.ts';
import { icon } from './glyphs.ts';
import { outcomeLook } from './outcome.ts';
import { type Markup, markup } from './svg.ts';

const HEAD = markup`<tr>
    <th scope="col" class="number">#</th>
    <th scope="col">outcome</th>
    <th scope="col">release and trigger</th>
    <th scope="col" class="number">started</th>
    <th scope="col" class="number">took</th>
    <th scope="col" class="number">transitions</th>
    <th scope="col">why</th>
  </tr>`;

/** All releases in one table; each row leads to its own part of the page. */
export function summaryTable(releases: readonly ReportRelease[]): Markup {
  return markup`<div class="scroll" tabindex="0" role="group" aria-label="Releases">
      <table class="summary"><thead>${HEAD}</thead><tbody>${releases.map(row)}</tbody></table>
    </div>`;
}

function row(release: ReportRelease, index: number): Markup {
  const { trigger, startedAtMs, endedAtMs } = release;
  return markup`<tr>
      <td class="number quiet">${index + 1}</td>
      <td>${badge(release.outcome)}</td>
      <th scope="row">
        <a href="#${anchorOf(index)}">${release.id}</a><br/>
        <span class="quiet">${trigger.kind} · ${trigger.detail}</span>
      </th>
      <td class="number">${clock(startedAtMs)}</td>
      <td class="number">${duration(endedAtMs - startedAtMs)}</td>
      <td class="number">${grouped(release.transitions)}</td>
      <td class="reasons">${reasonsText(release)}</td>
    </tr>`;
}

export function badge(outcome: string | undefined): Markup {
  const { tone, meaning, glyph, word } = outcomeLook(outcome);
  return markup`<span class="badge ${tone}" title="${meaning}">${icon(glyph)}${word}</span>`;
}

/** By position, so that the anchor is valid whatever characters an id has. */
export function anchorOf(index: number): string {
  return `release-${index + 1}`;
}

function reasonsText({ reasons, outcome }: ReportRelease): Markup {
  if (reasons.length === 0) return markup`<span class="quiet">${outcomeLook(outcome).meaning}</span>`;
  return markup`${reasons.map((reason, index) => markup`${index > 0 && markup`<br/>`}${reason}`)}`;
}
