import type { Json } from './case.ts';

export interface Secrets {
  readonly accountId: string;
  readonly region: string;
  readonly prefix: string;
  /** Role ARNs and image URIs by the placeholder that stands for them. */
  readonly given: Readonly<Record<string, string>>;
}

const PATTERNS: readonly [RegExp, string][] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '<uuid>'],
  [/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})/g, '<time>'],
  [/((?:Extended )?Request ID: )[A-Za-z0-9+/=<>-]+/g, '$1<id>'],
  [/(assumed-role\/[^/\s]+\/)[\w+=,.@-]+/g, '$1<session>'],
  // The list grows with every new type of instance.
  [/(enum value set: )\[[^\]]*\]/g, '$1[…]'],
  [/\b(AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,}\b/g, '<key>'],
];

/**
 * Takes out of an observation all that tells whose it is or that differs from
 * run to run: account, region, names, roles, ids, times and key ids.
 */
export const mask = (value: Json, secrets: Secrets): Json => {
  const named: [string, string][] = [
    ...Object.entries(secrets.given).flatMap(([placeholder, arn]): [string, string][] => {
      const name = /:role\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
      // A session carries its role's name alone.
      return name === undefined ? [] : [[`assumed-role/${name}/`, `assumed-role/${placeholder}/`]];
    }),
    ...Object.entries(secrets.given).map(([placeholder, text]): [string, string] => [text, placeholder]),
    [secrets.prefix, '<prefix>'],
    [secrets.accountId, '<account>'],
    [secrets.region, '<region>'],
  ];
  const maskText = (text: string): string => {
    let masked = text;
    for (const [secret, placeholder] of named) {
      if (secret !== '') masked = masked.replaceAll(secret, placeholder);
    }
    for (const [pattern, placeholder] of PATTERNS) masked = masked.replace(pattern, placeholder);
    return masked;
  };
  const maskAny = (one: Json): Json => {
    if (typeof one === 'string') return maskText(one);
    if (Array.isArray(one)) return one.map(maskAny);
    if (typeof one === 'object' && one !== null) {
      return Object.fromEntries(Object.entries(one).map(([key, inner]) => [maskText(key), maskAny(inner)]));
    }
    return one;
  };
  return maskAny(JSON.parse(JSON.stringify(value ?? null)) as Json);
};
