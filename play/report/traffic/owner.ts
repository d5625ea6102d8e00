import { ownConfig } from '../../roles.ts';
import type { ReportData } from '../data.ts';

/** The release that an endpoint config, or the trial of one, belongs to, as the report's headings count them. */
export function ownerOf({ releases }: Pick<ReportData, 'releases'>, config: string): string | undefined {
  const index = releases.findIndex(({ endpoint }) => endpoint?.intendedConfig === ownConfig(config));
  return index === -1 ? undefined : `release ${index + 1}`;
}
