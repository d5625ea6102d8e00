import { type Frame, plain, valueAxis } from './axis.ts';
import { chart, figure, legend, numbers } from './chart.ts';
import type { ReportTraining } from './data.ts';
import { duration, metric, percent, plural } from './format.ts';
import { glyph } from './glyphs.ts';
import { linear, type Scale, ticks } from './scale.ts';
import { line, type Markup, markup } from './svg.ts';

type Epochs = ReportTraining['epochs'];

const LOSS: Frame = { left: 48, right: 508, top: 34, bottom: 184 };
const AUC: Frame = { left: 48, right: 508, top: 214, bottom: 304 };

/** The learning curve, with the moment at which Spot took the instance away. */
export function trainingChart(training: ReportTraining): Markup {
  const caption = sentence(training);
  if (training.epochs.length === 0) return markup`<p class="quiet">${caption}</p>`;
  const last = training.epochs.at(-1);
  const x = linear(training.epochs[0]?.epoch ?? 1, last?.epoch ?? 2, LOSS.left + 12, LOSS.right - 12);
  const content = markup`${losses(training.epochs, x)}${areas(training.epochs, x)}
    ${reclaims(training.epochs, x)}${epochAxis(training.epochs, x)}`;
  const rows = training.epochs.map((one) => [
    `${one.epoch}${one.resumed === true ? ' (resumed)' : ''}`,
    metric(one.trainLogLoss),
    metric(one.validationLogLoss),
    metric(one.validationAuc),
  ]);
  return figure(
    { title: 'Learning curve', caption },
    chart(520, 346, `Training curve. ${caption}`, content),
    markup`${legend([
      { swatch: markup`<path class="curve champion" d="M0 6H22"/>`, text: 'log loss on training rows' },
      { swatch: markup`<path class="curve challenger" d="M0 6H22"/>`, text: 'on validation rows' },
    ])}${numbers('The numbers of each epoch', ['epoch', 'log loss, training', 'log loss, validation', 'AUC, validation'], rows)}`,
  );
}

/** Share of the training time that Spot saved; undefined when there was none to save on. */
export function spotSavings({ trainingSeconds, billableSeconds }: ReportTraining): number | undefined {
  return trainingSeconds > 0 ? 1 - billableSeconds / trainingSeconds : undefined;
}

function sentence(training: ReportTraining): string {
  const savings = spotSavings(training);
  const { spotInterruptions, resumedFromEpoch } = training;
  const times = spotInterruptions === 1 ? 'once' : plural(spotInterruptions, 'time');
  const resumed = resumedFromEpoch === undefined ? '' : `; it resumed from epoch ${resumedFromEpoch}`;
  const interruption =
    spotInterruptions === 0
      ? 'Spot did not take the instance away.'
      : `Spot took the instance away ${times}${resumed}.`;
  const saved = savings === undefined ? '' : `: ${percent(savings)} saved`;
  const [trained, billed] = [training.trainingSeconds, training.billableSeconds].map((s) =>
    duration(s * 1000),
  );
  return `${interruption} ${trained} of training, ${billed} billed${saved}.`;
}

function losses(epochs: Epochs, x: Scale): Markup {
  const values = epochs
    .flatMap(({ trainLogLoss, validationLogLoss }) => [trainLogLoss, validationLogLoss])
    .filter(Number.isFinite);
  const { y, marks } = upright(LOSS, values);
  const points = (pick: (epoch: Epochs[number]) => number) =>
    line(epochs.map((one) => ({ x: x(one.epoch), y: y(pick(one)) })));
  return markup`<text class="axis-name" x="${LOSS.left}" y="14">log loss</text>
    ${valueAxis(LOSS, y, marks, plain)}<path class="curve champion" d="${points((one) => one.trainLogLoss)}"/>
    <path class="curve challenger" d="${points((one) => one.validationLogLoss)}"/>
    ${epochs.map(
      (one) => markup`
      <circle class="dot challenger" cx="${x(one.epoch)}" cy="${y(one.validationLogLoss)}" r="3"><title>
          ${`Epoch ${one.epoch}\ntraining ${metric(one.trainLogLoss)}\nvalidation ${metric(one.validationLogLoss)}`}
        </title></circle>`,
    )}`;
}

function areas(epochs: Epochs, x: Scale): Markup {
  const { y, marks } = upright(AUC, epochs.map(({ validationAuc }) => validationAuc).filter(Number.isFinite));
  return markup`<text class="axis-name" x="${AUC.left}" y="${AUC.top - 8}">AUC on validation rows</text>
    ${valueAxis(AUC, y, marks, plain)}
    <path class="curve challenger" d="${line(epochs.map((one) => ({ x: x(one.epoch), y: y(one.validationAuc) })))}"/>
    ${epochs.map(
      (one) => markup`
      <circle class="dot challenger" cx="${x(one.epoch)}" cy="${y(one.validationAuc)}" r="3"><title>
          ${`Epoch ${one.epoch}: AUC ${metric(one.validationAuc)}`}</title></circle>`,
    )}`;
}

/** A broken line between the last epoch before the reclaim and the first after it. */
function reclaims(epochs: Epochs, x: Scale): Markup {
  return markup`${epochs.map((one, index) => {
    const before = epochs[index - 1];
    if (one.resumed !== true) return '';
    const at = before === undefined ? x(one.epoch) : (x(before.epoch) + x(one.epoch)) / 2;
    const isLate = at > (LOSS.left + LOSS.right) / 2;
    return markup`<g class="reclaim"><title>
          ${`Spot took the instance; epoch ${one.epoch} is the first after it`}</title>
        <path class="cut" d="M${at} ${LOSS.top - 8}V${AUC.bottom}"/>${glyph('bolt', at - 6, LOSS.top - 22)}
        <text x="${isLate ? at - 10 : at + 10}" y="${LOSS.top - 12}" text-anchor="${isLate ? 'end' : 'start'}">Spot took the instance
        </text></g>`;
  })}`;
}

function epochAxis(epochs: Epochs, x: Scale): Markup {
  const every = Math.ceil(epochs.length / 14);
  const shown = epochs.filter((_, index) => index % every === 0);
  return markup`<g class="axis">
      ${shown.map(
        ({ epoch }) => markup`<text x="${x(epoch)}" y="${AUC.bottom + 17}" text-anchor="middle">
          ${epoch}</text>`,
      )}</g>
    <text class="axis-name" x="${(AUC.left + AUC.right) / 2}" y="${AUC.bottom + 35}" text-anchor="middle">epoch
    </text>`;
}

function upright(frame: Frame, values: readonly number[]): { y: Scale; marks: number[] } {
  const [low, high] = values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)];
  const marks = ticks(low, high === low ? low + 0.1 : high, 4);
  return { y: linear(marks[0] ?? 0, marks.at(-1) ?? 1, frame.bottom, frame.top), marks };
}
