import type { Paint } from '../../play/terminal/paint.ts';
import { HOURS_A_MONTH, SPOT_SAVES_UP_TO } from '../prices.ts';
import { table } from '../text/table.ts';
import { span } from '../text/time.ts';
import type { CostLine, Forecast } from './cost.ts';

/** What a release may cost and what the endpoint costs, with where the prices come from. */
export function costText(cost: Forecast, pen: Paint): string[] {
  const regions = new Set(cost.release.flatMap(({ price }) => price?.region ?? []));
  const only = regions.size === 1 ? [...regions][0] : undefined;
  const rows = [
    ...cost.release.map((line) => [...cells(line, only), span(Math.round(line.hours * 3600)), atMost(line)]),
    [
      'a release',
      '',
      '',
      '',
      cost.releaseAtMostUsd === null ? 'unknown' : `at most ${usd(cost.releaseAtMostUsd)}`,
    ],
    [
      ...cells(cost.endpoint, only),
      'a month',
      cost.endpoint.monthUsd === null ? 'unknown' : usd(cost.endpoint.monthUsd),
    ],
  ];
  return [
    pen.strong(`What it may cost, in US dollars${only === undefined ? '' : ` at prices of ${only}`}`),
    ...table(
      { head: ['step', 'instances', 'an hour', 'for', 'cost'], rows, right: [2, 4] },
      {
        quiet: pen.quiet,
        cell: (text, _column, [step]) =>
          step === 'a release' || step === 'endpoint' ? pen.strong(text) : text,
      },
    ),
    '',
    ...notes(cost).map((note) => pen.quiet(`  ${note}`)),
  ];
}

/** The region stands beside a price where not all are of one. */
const cells = ({ step, instances, price }: CostLine, only: string | undefined): string[] => [
  step,
  instances,
  price === null ? 'unknown' : `${price.usdPerHour}${price.region === only ? '' : ` ${price.region}`}`,
];

function atMost({ atMostUsd, fromUsd }: CostLine): string {
  if (atMostUsd === null || fromUsd === null) return 'unknown';
  return fromUsd === atMostUsd ? usd(atMostUsd) : `${usd(fromUsd)} to ${usd(atMostUsd)}`;
}

const usd = (amount: number): string => amount.toFixed(2);

const notes = ({ unknownTypes, compiles, sources }: Forecast): string[] => [
  `Jobs are billed for the seconds they run: most end long before their limit. Spot saves up to ${SPOT_SAVES_UP_TO * 100} %, which nobody promises.`,
  `A month has ${HOURS_A_MONTH} hours. Disks, requests, storage, logs and state transitions are not counted.`,
  ...(compiles ? ['The compilation is not counted: no price of Neo was found.'] : []),
  ...unknownTypes.map((type) => `There is no price for ${type}; tell one with --price <type>=<usd>.`),
  ...sources.map((source) => `Prices of ${source}.`),
];
