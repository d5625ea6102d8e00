import type { ReportEvaluation, ReportRelease } from './data.ts';
import { difference, grouped, metric } from './format.ts';
import { icon } from './glyphs.ts';
import { type Markup, markup } from './svg.ts';

/** Whether more of it is better; a metric that is not here is told without a judgement. */
const MORE_IS_BETTER: Readonly<Record<string, boolean>> = {
  auc: true,
  accuracy: true,
  precision: true,
  recall: true,
  f1: true,
  logLoss: false,
  brier: false,
  rmse: false,
  mae: false,
};

export function gatesList(gates: ReportRelease['gates']): Markup {
  if (gates.length === 0) return markup`<p class="quiet">No gate was asked.</p>`;
  return markup`<ul class="gates">${gates.map(
    ({ text, passed, reason }) =>
      markup`<li class="${passed ? 'good' : 'bad'}"><span class="mark">${icon(passed ? 'check' : 'cross')}
            <span class="word">${passed ? 'passed' : 'refused'}</span></span><div><b>${text}</b><br/>
            <span class="quiet">${reason}</span></div></li>`,
  )}</ul>`;
}

/** Both models' metrics on the same held-out rows. */
export function metricsTable(challenger: ReportEvaluation, champion: ReportEvaluation | undefined): Markup {
  const names = [...new Set([...Object.keys(challenger.metrics), ...Object.keys(champion?.metrics ?? {})])];
  const rows = names.map((name) => {
    const ours = challenger.metrics[name];
    const theirs = champion?.metrics[name];
    return markup`<tr>
        <th scope="row">${name}</th>
        <td class="number">${metric(ours)}</td>
        <td class="number">${metric(theirs)}</td>
        <td class="number">${change(name, ours, theirs)}</td>
      </tr>`;
  });
  const caption = `Measured on ${grouped(challenger.rows)} held-out rows that neither model has trained on.`;
  return markup`<table class="metrics">
      <caption class="quiet">${caption}</caption>
      <thead><tr>
        <th scope="col">metric</th>
        <th scope="col" class="number">challenger</th>
        <th scope="col" class="number">champion</th>
        <th scope="col" class="number">change</th>
      </tr></thead>
      <tbody>${rows}</tbody>
    </table>`;
}

function change(name: string, ours: number | undefined, theirs: number | undefined): Markup {
  if (ours === undefined || theirs === undefined) return markup`<span class="quiet">–</span>`;
  const text = difference(ours - theirs);
  const isMoreBetter = MORE_IS_BETTER[name];
  if (isMoreBetter === undefined || text.startsWith('±')) return markup`${text}`;
  const isBetter = ours > theirs === isMoreBetter;
  return markup`<span class="${isBetter ? 'good' : 'bad'}">${text} <small>${isBetter ? 'better' : 'worse'}
      </small></span>`;
}
