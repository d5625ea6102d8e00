import { type Markup, markup, type Piece } from './svg.ts';

export interface ChartText {
  readonly title: string;
  /** What the picture shows, in a sentence, for those who do not see it; shown under the title too. */
  readonly caption: string;
}

/** A drawing with its title and caption; on a narrow screen it keeps its size and scrolls in its own box. */
export function figure(text: ChartText, drawing: Piece, after?: Piece): Markup {
  return markup`<figure><figcaption><h4>${text.title}</h4><p>${text.caption}</p></figcaption>
      <div class="scroll" tabindex="0" role="group" aria-label="${text.title}">${drawing}</div>${after}
    </figure>`;
}

export function chart(width: number, height: number, label: string, content: Piece): Markup {
  return markup`
    <svg class="chart" viewBox="0 0 ${width} ${height}" style="min-width:${Math.round(width * 0.72)}px" role="img" aria-label="${label}">
      ${content}</svg>`;
}

/** A table behind a line to open: the numbers of a drawing. */
export function numbers(
  summary: string,
  head: readonly string[],
  rows: readonly (readonly Piece[])[],
): Markup {
  return markup`<details><summary>${summary}</summary>
      <div class="scroll" tabindex="0" role="group" aria-label="${summary}"><table>
          <thead><tr>${head.map((text) => markup`<th scope="col">${text}</th>`)}</tr></thead><tbody>
            ${rows.map((row) => markup`<tr>${row.map((cell) => markup`<td>${cell}</td>`)}</tr>`)}</tbody>
        </table></div></details>`;
}

export interface LegendEntry {
  readonly swatch: Markup;
  readonly text: Piece;
}

export function legend(entries: readonly LegendEntry[]): Markup {
  return markup`<ul class="legend">
      ${entries.map(
        ({ swatch, text }) => markup`<li>
          <svg width="22" height="12" viewBox="0 0 22 12" aria-hidden="true">${swatch}</svg><span>${text}
          </span></li>`,
      )}</ul>`;
}
