import type { Served, Slot } from './router.ts';

/**
 * The weights of an endpoint's variants. An answering variant's share is its
 * weight over the sum of the answering variants' weights; a shadow is copied its
 * weight over that sum, all of the requests at most.
 *
 * Sources: sagemaker model, `InitialVariantWeight`; for shadows the guide ("Shadow variants") tells
 * only that equal weights copy everything.
 */
export class Weights {
  readonly #byVariant = new Map<string, number>();

  set(variant: Served, weight: number): void {
    this.#byVariant.set(keyOf(variant), weight);
  }

  /** Each serving fleet with its fraction of the endpoint's requests; a shadow's is copied and adds to the whole. */
  fractions(slots: readonly Slot[]): (readonly [Slot, number])[] {
    const serving = slots.filter(({ share }) => share > 0);
    const answering = new Map<string, Served>();
    for (const { variant } of serving) if (!variant.isShadow) answering.set(variant.name, variant);
    const total = [...answering.values()].reduce((sum, variant) => sum + this.#of(variant), 0);
    return serving.map((slot) => {
      const part = total === 0 ? 0 : Math.min(1, this.#of(slot.variant) / total);
      return [slot, slot.share * part] as const;
    });
  }

  #of(variant: Served): number {
    return this.#byVariant.get(keyOf(variant)) ?? 1;
  }
}

const keyOf = ({ name, isShadow }: Served): string => (isShadow ? `shadow/${name}` : name);
