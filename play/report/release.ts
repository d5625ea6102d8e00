import type { MachineDefinition, ReportRelease } from './data.ts';
import { clock, duration, grouped, percent } from './format.ts';
import { icon } from './glyphs.ts';
import { countStates, drawExecution } from './graph.ts';
import { fact } from './header.ts';
import { outcomeLook } from './outcome.ts';
import { calibrationChart, rocChart } from './roc.ts';
import { anchorOf, badge } from './summary.ts';
import { type Markup, markup } from './svg.ts';
import { timelineChart } from './timeline.ts';
import { spotSavings, trainingChart } from './training.ts';
import { gatesList, metricsTable } from './verdict.ts';

type Machines = Readonly<Record<string, MachineDefinition>>;

/** Everything about one release, from why it started to what serves now. */
export function releaseSection(release: ReportRelease, index: number, machines: Machines): Markup {
  const anchor = anchorOf(index);
  const reasons = release.reasons.map((reason) => markup`<li>${reason}</li>`);
  return markup`<section class="release" id="${anchor}" aria-labelledby="${anchor}-title"><header><p class="kicker">Release ${index + 1} · ${release.trigger.kind}</p><h3 id="${anchor}-title">${release.id} ${badge(release.outcome)}</h3><p class="lead">${outcomeLook(release.outcome).meaning} Started by ${release.trigger.kind}: ${release.trigger.detail}.</p>${reasons.length > 0 && markup`<ul class="reasons">${reasons}</ul>`}</header>${facts(release)}${timelineChart(release)}${judgement(release)}<div class="cards">${release.training !== undefined && card('How it was trained', trainingChart(release.training))}${served(release)}</div>${paths(release, machines)}</section>`;
}

function facts(release: ReportRelease): Markup {
  const { training } = release;
  const savings = training === undefined ? undefined : spotSavings(training);
  const auc = release.challenger?.metrics.auc;
  return markup`<dl class="facts">${fact('took', duration(release.endedAtMs - release.startedAtMs), `${clock(release.startedAtMs)} to ${clock(release.endedAtMs)}`)}${fact('transitions', grouped(release.transitions), `in ${release.executions.length} state machine${release.executions.length === 1 ? '' : 's'}`)}${training !== undefined && fact('Spot interruptions', grouped(training.spotInterruptions), training.resumedFromEpoch === undefined ? 'trained in one go' : `resumed from epoch ${training.resumedFromEpoch}`)}${savings !== undefined && fact('Spot savings', percent(savings), 'of the training time not billed')}${auc !== undefined && fact('AUC', auc.toFixed(3), championNote(release))}</dl>`;
}

function championNote({ champion }: ReportRelease): string {
  const auc = champion?.metrics.auc;
  return auc === undefined ? 'no champion to compare' : `champion ${auc.toFixed(3)}`;
}

function judgement({ challenger, champion, gates }: ReportRelease): Markup | undefined {
  if (challenger === undefined) {
    return gates.length === 0 ? undefined : card('The verdict', gatesList(gates));
  }
  const charts = markup`<div class="pair">${rocChart(challenger, champion)}${calibrationChart(challenger, champion)}</div>`;
  const tables = markup`<div class="pair"><div><h4>Gates</h4>${gatesList(gates)}</div><div><h4>Metrics</h4>${metricsTable(challenger, champion)}</div></div>`;
  return card('Challenger against champion', markup`${tables}${charts}`);
}

/** What was meant to serve beside what does: the proof that `LIVE` stands on. */
function served({ endpoint, outcome }: ReportRelease): Markup | undefined {
  if (endpoint === undefined) return undefined;
  const isMeant = endpoint.intendedConfig === endpoint.servedConfig;
  const verdict = isMeant
    ? markup`<span class="badge good">${icon('check')}served as meant</span>`
    : markup`<span class="badge ${outcome === 'LIVE' ? 'bad' : 'warn'}">${icon(outcome === 'LIVE' ? 'cross' : 'back')}another config serves</span>`;
  return card(
    'What serves',
    markup`<dl class="proof"><div><dt>endpoint</dt><dd>${endpoint.name}</dd></div><div><dt>meant to serve</dt><dd>${endpoint.intendedConfig}</dd></div><div><dt>was read back</dt><dd>${endpoint.servedConfig}</dd></div><div><dt>so</dt><dd>${verdict}</dd></div></dl>`,
  );
}

/** The release's own graph at the left, the machines that it started beside it. */
function paths({ executions }: ReportRelease, machines: Machines): Markup {
  const drawings = executions.map((execution) => {
    const definition = machines[execution.machine];
    const name = markup`<h4>${execution.machine} <small>${execution.name} · ${execution.status}</small></h4>`;
    if (definition === undefined)
      return markup`<figure class="machine">${name}<p class="quiet">The packaged stack has no machine of this name.</p></figure>`;
    const entered = new Set(execution.visits.map(({ state }) => state)).size;
    return markup`<figure class="machine"><figcaption>${name}<p>${definition.Comment ?? ''} ${entered} of ${countStates(definition)} states entered.</p></figcaption><div class="scroll" tabindex="0" role="group" aria-label="${`Graph of ${execution.machine}`}">${drawExecution(definition, execution)}</div></figure>`;
  });
  const [first, ...others] = drawings;
  return card(
    'The path it took',
    markup`<div class="paths">${first}${others.length > 0 && markup`<div class="nested">${others}</div>`}</div>`,
    'wide',
  );
}

function card(title: string, content: Markup, look = ''): Markup {
  return markup`<section class="card ${look}"><h4 class="card-title">${title}</h4>${content}</section>`;
}
