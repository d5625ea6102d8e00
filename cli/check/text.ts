import type { Paint } from '../../play/terminal/paint.ts';
import { pens } from '../text/outcome.ts';
import type { Checked } from './check.ts';
import { costText } from './cost-text.ts';
import { planText } from './plan-text.ts';

/** Every file with its faults, or with what it means. */
export function checkedText(checked: readonly Checked[], hasColour: boolean): string {
  const pen = pens(hasColour);
  if (checked.length === 0)
    return 'There are no pipeline files; docs/add-a-pipeline.md tells how to write one.';
  const count = checked.reduce((sum, { faults }) => sum + faults.length, 0);
  const end = count === 0 ? [] : [pen.bad(`${count} ${count === 1 ? 'fault' : 'faults'}.`)];
  return [...checked.map((one) => fileText(one, pen)), ...end].join('\n\n');
}

function fileText({ file, faults, sample, cost }: Checked, pen: Paint): string {
  if (sample === undefined || cost === undefined) {
    return [
      `${pen.bad('FAIL')} ${file}`,
      ...faults.map(
        ({ path, message }) => `  ${pen.strong(path)}${path ? ' ' : ''}${message.replaceAll('\n', '\n  ')}`,
      ),
    ].join('\n');
  }
  return [`${pen.good('ok  ')} ${file}`, '', ...planText(sample, pen), '', ...costText(cost, pen)].join('\n');
}
