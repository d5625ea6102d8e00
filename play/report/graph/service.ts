import type { StateDefinition } from '../data.ts';
import type { GlyphName } from '../glyphs.ts';

/** Characters that fit under a state's name. */
const LONGEST = 23;

/** What a Task calls, read from its Resource; states of other types call nothing. */
export function serviceOf(definition: StateDefinition): { readonly text: string; readonly glyph: GlyphName } {
  const resource = (definition as { readonly Resource?: unknown }).Resource;
  if (typeof resource !== 'string') return { text: '', glyph: 'call' };
  const [service = '', operation = ''] = resource
    .replace(/^arn:aws:states:::/, '')
    .replace(/^aws-sdk:/, '')
    .split(':');
  if (service === 'lambda') return { text: 'function', glyph: 'function' };
  if (service === 'states') return { text: 'state machine', glyph: 'machine' };
  const action = operation.replace(/\..*$/, '');
  const both = `${service} · ${action}`;
  const text = both.length <= LONGEST ? both : action;
  if (service === 'dynamodb') return { text, glyph: 'table' };
  return { text, glyph: operation.includes('.sync') ? 'job' : service === 'sns' ? 'bell' : 'call' };
}
