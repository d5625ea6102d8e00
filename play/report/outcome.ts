import type { GlyphName } from './glyphs.ts';

/** How an outcome is told wherever it is shown; `mark` is its one letter in a terminal. */
export interface OutcomeLook {
  readonly word: string;
  readonly tone: 'good' | 'warn' | 'bad' | 'quiet';
  readonly glyph: GlyphName;
  readonly mark: string;
  readonly meaning: string;
}

const LOOKS: Readonly<Record<string, OutcomeLook>> = {
  LIVE: {
    word: 'LIVE',
    tone: 'good',
    glyph: 'check',
    mark: '✓',
    meaning: 'The challenger serves; what is served was proved.',
  },
  DELIVERED: {
    word: 'DELIVERED',
    tone: 'good',
    glyph: 'check',
    mark: '✓',
    meaning: 'The result was delivered.',
  },
  REJECTED: {
    word: 'REJECTED',
    tone: 'warn',
    glyph: 'barred',
    mark: '⊘',
    meaning: 'A gate, a shadow test or a person said no; the champion serves on.',
  },
  ROLLED_BACK: {
    word: 'ROLLED_BACK',
    tone: 'warn',
    glyph: 'back',
    mark: '↩',
    meaning: 'The champion serves again.',
  },
  SUPERSEDED: {
    word: 'SUPERSEDED',
    tone: 'quiet',
    glyph: 'skip',
    mark: '»',
    meaning: 'A newer release took its place.',
  },
  FAILED: {
    word: 'FAILED',
    tone: 'bad',
    glyph: 'cross',
    mark: '✗',
    meaning: 'Something broke; the champion serves.',
  },
};

export function outcomeLook(outcome: string | undefined): OutcomeLook {
  if (outcome === undefined) {
    return {
      word: 'RUNNING',
      tone: 'quiet',
      glyph: 'dots',
      mark: '…',
      meaning: 'It had not ended when this was written.',
    };
  }
  return LOOKS[outcome] ?? { word: outcome, tone: 'quiet', glyph: 'dots', mark: '·', meaning: outcome };
}
