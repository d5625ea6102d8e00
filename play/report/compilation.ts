import type { ReportCompilation } from './data.ts';
import { duration, grouped } from './format.ts';
import { type Markup, markup } from './svg.ts';

/** What the compiler made of the model, held against the model that it was made from. */
export function compilationTable(compilation: ReportCompilation): Markup {
  const { compiled, reason, seconds, predictionDifference, speedUp } = compilation;
  const rows: [name: string, text: string | undefined][] = [
    ['outcome', compiled ? 'compiled; the compiled model was judged and goes on' : 'not compiled'],
    ['reason', reason === '' ? undefined : reason],
    ['the job took', duration(seconds * 1000)],
    ['largest difference between two answers', predictionDifference?.toString()],
    ['times as fast', speedUp?.toFixed(1)],
    [
      'for one flight',
      both(compilation.microseconds, compilation.uncompiledMicroseconds, (µs) => `${µs.toFixed(1)} µs`),
    ],
    [
      'packed model',
      both(
        compilation.archiveBytes,
        compilation.uncompiledArchiveBytes,
        (bytes) => `${grouped(Math.round(bytes / 1000))} kB`,
      ),
    ],
  ];
  const told = rows.filter(([, text]) => text !== undefined);
  return markup`<table class="steps"><tbody>${told.map(
    ([name, text]) => markup`<tr><th scope="row">${name}</th><td>${text}</td></tr>`,
  )}</tbody></table>`;
}

function both(
  own: number | undefined,
  before: number | undefined,
  say: (value: number) => string,
): string | undefined {
  return own === undefined || before === undefined ? undefined : `${say(own)}, uncompiled ${say(before)}`;
}
