/** One variant of an endpoint config as the router counts it. */
export interface Answering {
  readonly fleet: string;
  readonly variant: string;
  readonly isShadow: boolean;
}

const TRIAL = '-trial';

export const isTrial = (config: string): boolean => config.endsWith(TRIAL);

/** On a trial's config the champion's own model stands beside the challenger; any other config has one model. */
export function roleOf({
  fleet,
  variant,
  isShadow,
}: Answering): 'champion' | 'challenger' | 'shadow' | 'own' {
  if (isShadow) return 'shadow';
  if (!isTrial(fleet)) return 'own';
  return variant === 'main' ? 'champion' : 'challenger';
}

/** The release's own config; that of its trial is called after it. */
export const ownConfig = (fleet: string): string => (isTrial(fleet) ? fleet.slice(0, -TRIAL.length) : fleet);

/** What tells two bands of the traffic chart apart. */
export const bandOf = ({ fleet, variant, isShadow }: Answering): string =>
  isTrial(fleet) ? `${fleet} / ${variant}${isShadow ? ' (copies)' : ''}` : fleet;
