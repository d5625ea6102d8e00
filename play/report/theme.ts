/**
 * Colours by what they say. Every pair of text and ground has a contrast of at
 * least 4.5; the fleets' colours are told apart with any kind of colour vision
 * (after Okabe and Ito), and no meaning hangs on a colour alone.
 */
export interface Theme {
  /** The page, the cards on it, and quiet surfaces in a card. */
  readonly paper: string;
  readonly card: string;
  readonly well: string;
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly faint: string;
  /** The path taken, links, the challenger. */
  readonly path: string;
  readonly pathWash: string;
  readonly good: string;
  readonly goodWash: string;
  readonly warn: string;
  readonly warnWash: string;
  readonly bad: string;
  readonly badWash: string;
  readonly fleets: readonly [string, string, string, string, string, string];
  /** Spans of the timeline, by kind. */
  readonly processing: string;
  readonly training: string;
  readonly evaluation: string;
  readonly endpoint: string;
}

const lightTheme: Theme = {
  paper: '#f7f5f0',
  card: '#fffefb',
  well: '#f4f1ea',
  ink: '#20262c',
  muted: '#5d6770',
  line: '#d9d4c8',
  faint: '#ebe7dd',
  path: '#1d5d9b',
  pathWash: '#e4eef8',
  good: '#17704a',
  goodWash: '#e0f1e8',
  warn: '#8a5200',
  warnWash: '#fbeed6',
  bad: '#b3211b',
  badWash: '#fbe5e1',
  fleets: ['#5b9bd0', '#e5a033', '#2f9e83', '#b07cc0', '#8c8c8c', '#d4c13a'],
  processing: '#2f9e83',
  training: '#4a8fc7',
  evaluation: '#a06fb3',
  endpoint: '#c98a1c',
};

const darkTheme: Theme = {
  paper: '#14181b',
  card: '#1b2024',
  well: '#22282d',
  ink: '#e8e5de',
  muted: '#9ba6af',
  line: '#394148',
  faint: '#2a3036',
  path: '#84bbef',
  pathWash: '#1e3448',
  good: '#66cf9c',
  goodWash: '#17352a',
  warn: '#f0b95a',
  warnWash: '#3a2c12',
  bad: '#ff9085',
  badWash: '#43211e',
  fleets: ['#4b8fc9', '#d9962b', '#2c9379', '#a472b6', '#8a8f94', '#bfae34'],
  processing: '#2c9379',
  training: '#4b8fc9',
  evaluation: '#a472b6',
  endpoint: '#bd8420',
};

/** Both themes as CSS variables on `selector`; the reader's system chooses. */
export function themeVariables(selector: string): string {
  return [
    `${selector}{color-scheme:light dark;${variables(lightTheme)}}`,
    `@media (prefers-color-scheme:dark){${selector}{${variables(darkTheme)}}}`,
  ].join('\n');
}

function variables(theme: Theme): string {
  return Object.entries(theme)
    .flatMap(([name, value]: [string, string | readonly string[]]) =>
      typeof value === 'string'
        ? [`--${name}:${value}`]
        : value.map((color, index) => `--${name}-${index}:${color}`),
    )
    .join(';');
}
