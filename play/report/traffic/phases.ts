import { offBy, shareOf } from '../../phases.ts';
import type { ReportData, ReportPhase } from '../data.ts';
import { clock, grouped, percent } from '../format.ts';
import { type Markup, markup } from '../svg.ts';
import { ownerOf } from './owner.ts';

const CARRIED: Readonly<Record<ReportPhase['kind'], string>> = {
  instances: 'whole instances',
  weights: 'variant weights',
  shadow: 'copies',
};

/** The challenger's share in each phase: what the endpoint said, and what the requests say. */
export function phasesTable(data: ReportData): Markup | undefined {
  const { phases } = data.traffic;
  if (phases.length === 0) return undefined;
  const rows = phases.map(
    (phase) => markup`<tr>
        <td class="number">${clock(phase.startedAtMs)}</td>
        <th scope="row">${ownerOf(data, phase.config) ?? phase.config}</th>
        <td>${CARRIED[phase.kind]}</td>
        <td class="number">${percent(phase.expectedShare)}</td>
        <td class="number">${percent(shareOf(phase))}</td>
        <td class="number">${(offBy(phase) * 100).toFixed(1)}</td>
        <td class="number">${grouped(phase.challenger)} of ${grouped(phase.answered)}</td>
        <td class="number">${grouped(phase.challengerFailed)}</td>
        <td class="number">${grouped(phase.championFailed)}</td>
      </tr>`,
  );
  return markup`<div class="phases"><h4>The challenger’s share, phase by phase</h4>
      <p class="quiet">What its instances or weights carry as the endpoint itself tells it, and what was counted.</p>
      <div class="scroll" tabindex="0" role="group" aria-label="The challenger’s share"><table>
        <thead><tr>
          <th scope="col" class="number">from</th>
          <th scope="col">challenger</th>
          <th scope="col">share carried by</th>
          <th scope="col" class="number">should get</th>
          <th scope="col" class="number">got</th>
          <th scope="col" class="number">points off</th>
          <th scope="col" class="number">requests</th>
          <th scope="col" class="number">failed there</th>
          <th scope="col" class="number">failed on the champion</th>
        </tr></thead>
        <tbody>${rows}</tbody>
      </table></div></div>`;
}
