import { compilationTable } from './compilation.ts';
import type { MachineDefinition, ReportRelease, ReportTraining } from './data.ts';
import { clock, duration, grouped, metric, percent } from './format.ts';
import { icon } from './glyphs.ts';
import { countStates, drawExecution } from './graph.ts';
import { fact } from './header.ts';
import { outcomeLook } from './outcome.ts';
import { calibrationChart, rocChart } from './roc.ts';
import { stepsTable } from './steps.ts';
import { anchorOf, badge } from './summary.ts';
import { type Markup, markup } from './svg.ts';
import { timelineChart } from './timeline.ts';
import { spotSavings, trainingChart } from './training.ts';
import { gatesList, metricsTable } from './verdict.ts';

/** Machines that only wait: their graphs say nothing of a release. */
const WAITING = new Set(['await', 'take-turn', 'pass-turn']);

type Machines = Readonly<Record<string, MachineDefinition>>;

/** Everything about one release, from why it started to what serves now. */
export function releaseSection(release: ReportRelease, index: number, machines: Machines): Markup {
  const anchor = anchorOf(index);
  const { trigger, outcome, training } = release;
  const why = `${outcomeLook(outcome).meaning} Started by ${trigger.kind}: ${trigger.detail}.`;
  const reasons = release.reasons.map((reason) => markup`<li>${reason}</li>`);
  return markup`<section class="release" id="${anchor}" aria-labelledby="${anchor}-title">
      <header>
        <p class="kicker">Release ${index + 1} · ${trigger.kind}</p>
        <h3 id="${anchor}-title">${release.id} ${badge(outcome)}</h3>
        <p class="lead">${why}</p>
        ${reasons.length > 0 && markup`<ul class="reasons">${reasons}</ul>`}
        ${release.notes.map((note) => markup`<p class="quiet">${note}</p>`)}
      </header>
      ${facts(release)}
      ${timelineChart(release)}
      ${judgement(release)}
      <div class="cards">
        ${release.steps.length > 0 && card('What was run', stepsTable(release.steps))}
        ${training !== undefined && card('How it was trained', trainingChart(training))}
        ${release.compilation !== undefined && card('How it was compiled', compilationTable(release.compilation))}
        ${served(release)}
      </div>
      ${paths(release, machines)}
    </section>`;
}

function facts(release: ReportRelease): Markup {
  const { executions, startedAtMs, endedAtMs, training } = release;
  const machines = executions.length === 1 ? 'in 1 state machine' : `in ${executions.length} state machines`;
  const auc = release.challenger?.metrics.auc;
  return markup`<dl class="facts">
      ${fact('took', duration(endedAtMs - startedAtMs), `${clock(startedAtMs)} to ${clock(endedAtMs)}`)}
      ${fact('transitions', grouped(release.transitions), machines)}
      ${training !== undefined && spotFacts(training)}
      ${auc !== undefined && fact('AUC', metric(auc), championNote(release))}
    </dl>`;
}

function spotFacts(training: ReportTraining): Markup {
  const { spotInterruptions, resumedFromEpoch } = training;
  const resumed =
    resumedFromEpoch === undefined ? 'trained in one go' : `resumed from epoch ${resumedFromEpoch}`;
  const savings = spotSavings(training);
  return markup`${fact('Spot interruptions', grouped(spotInterruptions), resumed)}
    ${savings !== undefined && fact('Spot savings', percent(savings), 'of the training time not billed')}`;
}

function championNote({ champion }: ReportRelease): string {
  const auc = champion?.metrics.auc;
  return auc === undefined ? 'no champion to compare' : `champion ${metric(auc)}`;
}

function judgement({ challenger, champion, gates }: ReportRelease): Markup | undefined {
  if (challenger === undefined) {
    return gates.length === 0 ? undefined : card('The verdict', gatesList(gates));
  }
  // A model that is no classifier leaves no curves.
  const hasCurves = challenger.roc.length > 0 || challenger.calibration.length > 0;
  const charts =
    hasCurves &&
    markup`<div class="pair">${rocChart(challenger, champion)}
      ${calibrationChart(challenger, champion)}</div>`;
  const tables = markup`<div class="pair"><div><h4>Gates</h4>${gatesList(gates)}</div><div><h4>Metrics</h4>
        ${metricsTable(challenger, champion)}</div></div>`;
  return card('Challenger against champion', markup`${tables}${charts}`);
}

/** What was meant to serve beside what does: the proof that `LIVE` stands on. */
function served({ endpoint, outcome }: ReportRelease): Markup | undefined {
  if (endpoint === undefined) return undefined;
  const isMeant = endpoint.intendedConfig === endpoint.servedConfig;
  const verdict = isMeant
    ? markup`<span class="badge good">${icon('check')}served as meant</span>`
    : markup`<span class="badge ${outcome === 'LIVE' ? 'bad' : 'warn'}">
        ${icon(outcome === 'LIVE' ? 'cross' : 'back')}another config serves</span>`;
  return card(
    'What serves',
    markup`<dl class="proof">
        <div><dt>endpoint</dt><dd>${endpoint.name}</dd></div>
        <div><dt>meant to serve</dt><dd>${endpoint.intendedConfig}</dd></div>
        <div><dt>was read back</dt><dd>${endpoint.servedConfig}</dd></div>
        <div><dt>so</dt><dd>${verdict}</dd></div>
      </dl>`,
  );
}

/** The release's own graph, then the machines that it started. */
function paths({ executions }: ReportRelease, machines: Machines): Markup {
  const drawings = executions
    .filter(({ machine }) => !WAITING.has(machine))
    .map((execution) => {
      const definition = machines[execution.machine];
      const name = markup`<h4>${execution.machine} <small>${execution.name} · ${execution.status}</small></h4>`;
      if (definition === undefined)
        return markup`<figure class="machine">${name}
          <p class="quiet">The packaged stack has no machine of this name.</p></figure>`;
      const entered = new Set(execution.visits.map(({ state }) => state)).size;
      return markup`<figure class="machine"><figcaption>${name}
          <p>${definition.Comment ?? ''} ${entered} of ${countStates(definition)} states entered.</p>
        </figcaption>
        <div class="scroll" tabindex="0" role="group" aria-label="${`Graph of ${execution.machine}`}">
          ${drawExecution(definition, execution)}</div></figure>`;
    });
  const [first, ...others] = drawings;
  return card(
    'The path it took',
    markup`<div class="paths">${first}${others.length > 0 && markup`<div class="nested">${others}</div>`}
      </div>`,
    'wide',
  );
}

function card(title: string, content: Markup, look = ''): Markup {
  return markup`<section class="card ${look}"><h4 class="card-title">${title}</h4>${content}</section>`;
}
