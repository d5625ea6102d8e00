import { plain, valueAxis, valueAxisBelow } from './axis.ts';
import { chart, figure, legend } from './chart.ts';
import type { ReportEvaluation } from './data.ts';
import { grouped, metric } from './format.ts';
import { linear } from './scale.ts';
import { line, type Markup, markup } from './svg.ts';

const FRAME = { left: 44, right: 344, top: 10, bottom: 310 };
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];
const x = linear(0, 1, FRAME.left, FRAME.right);
const y = linear(0, 1, FRAME.bottom, FRAME.top);

/** How well each model ranks: the further above the diagonal, the better. */
export function rocChart(challenger: ReportEvaluation, champion: ReportEvaluation | undefined): Markup {
  const both = [champion, challenger].filter((one) => one !== undefined);
  const rival = champion === undefined ? 'with no champion to compare' : areaText('champion', champion);
  const areas = `${areaText('challenger', challenger)}, ${rival}`;
  const caption = `Area under the curve: ${areas}. On the diagonal a model only guesses.`;
  const curves = both.map((one) => {
    const name = one === challenger ? 'challenger' : 'champion';
    const points = one.roc.map(({ fpr, tpr }) => ({ x: x(fpr), y: y(tpr) }));
    return markup`<path class="curve ${name}" d="${line(points)}"><title>${areaText(name, one)}</title>
      </path>`;
  });
  const content = markup`${axes('false positives, share', 'true positives, share')}
    <path class="diagonal" d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}"/>${curves}`;
  return figure(
    { title: 'ROC', caption },
    chart(360, 346, `ROC curve: ${caption}`, content),
    modelLegend(challenger, champion),
  );
}

/** Whether a predicted share is what then happens: on the diagonal it is. */
export function calibrationChart(
  challenger: ReportEvaluation,
  champion: ReportEvaluation | undefined,
): Markup {
  const caption =
    'What was predicted against what then happened; larger dots hold more rows. On the diagonal the model means what it says.';
  const most = Math.max(
    1,
    ...[challenger, champion].flatMap((one) => one?.calibration.map(({ count }) => count) ?? []),
  );
  const bins = ([one, name]: readonly [ReportEvaluation | undefined, string]) =>
    one !== undefined &&
    markup`
      <path class="curve thin ${name}" d="${line(one.calibration.map((bin) => ({ x: x(bin.predicted), y: y(bin.observed) })))}"/>
      ${one.calibration.map((bin) => dot(name, bin, most))}`;
  const content = markup`${axes('predicted share', 'observed share')}
    <path class="diagonal" d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}"/>${bins([champion, 'champion'])}
    ${bins([challenger, 'challenger'])}`;
  return figure({ title: 'Calibration', caption }, chart(360, 346, `Calibration curve. ${caption}`, content));
}

function dot(name: string, bin: ReportEvaluation['calibration'][number], most: number): Markup {
  const size = 2.5 + 4.5 * Math.sqrt(Math.max(0, bin.count) / most);
  const [cx, cy] = [x(bin.predicted), y(bin.observed)];
  const title = `${name}: predicted ${metric(bin.predicted)}, observed ${metric(bin.observed)}, ${grouped(bin.count)} rows`;
  // Round for the challenger, square for the champion.
  if (name === 'challenger')
    return markup`<circle class="dot challenger" cx="${cx}" cy="${cy}" r="${size}"><title>${title}</title>
      </circle>`;
  return markup`
    <rect class="dot champion" x="${cx - size}" y="${cy - size}" width="${2 * size}" height="${2 * size}">
      <title>${title}</title></rect>`;
}

function axes(below: string, beside: string): Markup {
  const middle = (FRAME.top + FRAME.bottom) / 2;
  return markup`${valueAxis(FRAME, y, TICKS, plain)}${valueAxisBelow(FRAME, x, TICKS, plain)}
    <text class="axis-name" x="${(FRAME.left + FRAME.right) / 2}" y="${FRAME.bottom + 33}" text-anchor="middle">
      ${below}</text>
    <text class="axis-name" transform="translate(11 ${middle}) rotate(-90)" text-anchor="middle">${beside}
    </text>`;
}

function modelLegend(challenger: ReportEvaluation, champion: ReportEvaluation | undefined): Markup {
  const entry = (name: string, one: ReportEvaluation) => ({
    swatch: markup`<path class="curve ${name}" d="M0 6H22"/>`,
    text: markup`<b>${name}</b> <span class="name">${one.modelOf}</span>`,
  });
  return legend([
    entry('challenger', challenger),
    ...(champion === undefined ? [] : [entry('champion', champion)]),
  ]);
}

function areaText(name: string, one: ReportEvaluation): string {
  const auc = one.metrics.auc;
  return auc === undefined ? `${name} unknown` : `${name} ${metric(auc)}`;
}
