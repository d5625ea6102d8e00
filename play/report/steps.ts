import type { ReportStep } from './data.ts';
import { type Markup, markup } from './svg.ts';

const ACTIONS: Readonly<Record<ReportStep['action'], string>> = {
  run: 'run',
  reuse: 'reused',
  adopt: 'taken over',
};

const NAMES: Readonly<Record<string, string>> = {
  process: 'processing',
  train: 'training',
  compile: 'compilation',
  challenger: 'evaluation of the challenger',
  champion: 'evaluation of the champion',
};

/** Which steps were run and which were not, and why. */
export function stepsTable(steps: readonly ReportStep[]): Markup {
  return markup`<table class="steps">
      <thead><tr><th scope="col">step</th><th scope="col">was</th><th scope="col">because</th></tr></thead>
      <tbody>${steps.map(
        ({ name, action, why }) =>
          markup`<tr><th scope="row">${NAMES[name] ?? name}</th><td>${ACTIONS[action]}</td>
            <td class="quiet">${why}</td></tr>`,
      )}</tbody>
    </table>`;
}
