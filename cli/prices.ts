/** What an instance does; SageMaker prices each use by itself. */
export type Use = 'processing' | 'training' | 'hosting';

/** Where a price was read. */
export interface PriceSource {
  readonly text: string;
  /** Year and month. */
  readonly read: string;
}

export interface Price {
  /** On-demand, one instance, one hour. */
  readonly usdPerHour: number;
  readonly region: string;
  readonly source: PriceSource;
}

const PRICE_LIST: PriceSource = {
  text: 'AWS Price List API, usage types USE1-Host:…, USE1-Processing:… and USE1-Train:…, as quoted in public repositories',
  read: '2026-09',
};

const BILL: PriceSource = {
  text: 'an AWS bill for EU (Ireland) in github.com/aws-samples/sagemaker-ssh-helper, Sample_Costs.md',
  read: '2023-12',
};

const LISTED: PriceSource = {
  text: 'public tables that agree with each other; not read from AWS',
  read: '2026-11',
};

type Table = Readonly<Record<string, Readonly<Partial<Record<Use, readonly [number, PriceSource]>>>>>;

/**
 * On-demand prices in US dollars. Only what a source could be found for: any other type is
 * unknown, and `check` says so. AWS changes them: https://aws.amazon.com/sagemaker/pricing/
 */
const PRICES: Readonly<Record<string, Table>> = {
  'us-east-1': {
    'ml.t3.medium': { processing: [0.05, PRICE_LIST] },
    'ml.m5.large': {
      processing: [0.115, PRICE_LIST],
      training: [0.115, LISTED],
      hosting: [0.115, PRICE_LIST],
    },
    'ml.m5.xlarge': { processing: [0.23, PRICE_LIST], training: [0.23, LISTED], hosting: [0.23, PRICE_LIST] },
    'ml.m5.2xlarge': { processing: [0.461, LISTED], training: [0.461, LISTED], hosting: [0.461, PRICE_LIST] },
    'ml.m5.4xlarge': { processing: [0.922, LISTED], training: [0.922, LISTED], hosting: [0.922, LISTED] },
    'ml.c5.large': { hosting: [0.102, LISTED] },
    'ml.c5.xlarge': { processing: [0.204, LISTED], training: [0.204, LISTED], hosting: [0.204, LISTED] },
    'ml.c5.2xlarge': { processing: [0.408, LISTED], training: [0.408, LISTED], hosting: [0.408, LISTED] },
    'ml.c5.4xlarge': { processing: [0.816, LISTED], training: [0.816, LISTED], hosting: [0.816, LISTED] },
    'ml.g4dn.xlarge': { training: [0.736, LISTED], hosting: [0.736, LISTED] },
    'ml.g5.2xlarge': { training: [1.515, PRICE_LIST] },
    'ml.g6e.2xlarge': { hosting: [2.8026, PRICE_LIST] },
  },
  'eu-west-1': {
    'ml.m5.xlarge': { processing: [0.257, BILL], training: [0.257, BILL], hosting: [0.257, BILL] },
    'ml.g4dn.xlarge': { training: [0.822, BILL], hosting: [0.821, BILL] },
    'ml.g4dn.4xlarge': { hosting: [1.678, BILL] },
    'ml.g4dn.12xlarge': { hosting: [5.453, BILL] },
    'ml.g5.xlarge': { training: [1.57, BILL] },
    'ml.g5.12xlarge': { hosting: [7.91, BILL] },
    'ml.p3.2xlarge': { training: [4.131, BILL] },
  },
};

/** Where most types have a price; used where the stack's own region has none. */
export const REFERENCE_REGION = 'us-east-1';

/** SageMaker's own words: "up to 90 %". What Spot saves is known when it has run. */
export const SPOT_SAVES_UP_TO = 0.9;

/** Hours of an average month, as AWS's calculator counts them. */
export const HOURS_A_MONTH = 730;

/** @returns undefined for a type that no source was found for */
export function priceOf(type: string, use: Use, region = REFERENCE_REGION): Price | undefined {
  for (const place of new Set([region, REFERENCE_REGION])) {
    const found = PRICES[place]?.[type]?.[use];
    if (found !== undefined) return { usdPerHour: found[0], region: place, source: found[1] };
  }
  return undefined;
}
