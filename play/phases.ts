import type { JournalEntry } from '../local/journal.ts';
import type { World } from '../local/world.ts';
import type { ReportPhase } from './report/data.ts';
import { isTrial, roleOf } from './roles.ts';

interface View {
  readonly VariantName: string;
  readonly CurrentWeight?: number;
  readonly CurrentInstanceCount?: number;
  readonly DesiredInstanceCount?: number;
}

interface Described {
  readonly EndpointConfigName: string;
  readonly ProductionVariants?: readonly View[];
  readonly ShadowProductionVariants?: readonly View[];
  readonly PendingDeploymentSummary?: {
    readonly EndpointConfigName: string;
    readonly ProductionVariants?: readonly View[];
  };
}

type Expected = Pick<ReportPhase, 'config' | 'kind' | 'expectedShare'>;

interface Open {
  readonly atMs: number;
  readonly before: readonly Row[];
  expected: Expected | undefined;
}

type Row = Pick<
  ReturnType<World['sagemaker']['endpoints']['traffic']>[number],
  'fleet' | 'variant' | 'isShadow' | 'requests' | 'errors'
>;

/** A phase with fewer requests tells no share. */
const LEAST_REQUESTS = 20;

/**
 * Every time in which the champion and a challenger both got requests (or the challenger copies): what the
 * endpoint said the challenger's share should be, and what it was. An endpoint writes a line into the journal
 * whenever its shares have changed, so the counts between two lines belong to one share.
 */
export class Phases {
  readonly all: ReportPhase[] = [];
  readonly #world: World;
  readonly #endpoint: string;
  readonly #stopListening: () => void;
  #open: Open | undefined;

  /** @param endpoint empty: nobody sends requests */
  constructor(world: World, endpoint: string) {
    this.#world = world;
    this.#endpoint = endpoint;
    this.#stopListening = world.journal.listen((entry) => this.#hear(entry));
  }

  close(): void {
    this.#stopListening();
  }

  #hear({ subject, what, atMs }: JournalEntry): void {
    if (this.#endpoint === '' || subject !== `sagemaker/endpoint/${this.#endpoint}`) return;
    this.#end(atMs);
    if (!/ Baking: |^InService/.test(what)) return;
    const open: Open = { atMs, before: this.#counts(), expected: undefined };
    this.#open = open;
    void this.#describe().then((expected) => {
      open.expected = expected;
    });
  }

  #end(atMs: number): void {
    const open = this.#open;
    this.#open = undefined;
    if (open?.expected === undefined) return;
    const { config, kind } = open.expected;
    const phase = {
      ...open.expected,
      startedAtMs: open.atMs,
      endedAtMs: atMs,
      ...counted(open.before, this.#counts(), config),
    };
    if (phase.answered >= LEAST_REQUESTS && (kind !== 'shadow' || phase.challenger > 0)) this.all.push(phase);
  }

  #counts(): readonly Row[] {
    return this.#world.sagemaker.endpoints.traffic(this.#endpoint);
  }

  async #describe(): Promise<Expected | undefined> {
    try {
      const described = await this.#world.door.call({
        service: 'sagemaker',
        operation: 'DescribeEndpoint',
        input: { EndpointName: this.#endpoint },
        caller: this.#world.person,
      });
      return expectedOf(described as unknown as Described);
    } catch {
      // Somebody deleted it.
      return undefined;
    }
  }
}

/** The challenger's share as the endpoint tells it; undefined when nobody is being tried. */
export function expectedOf(described: Described): Expected | undefined {
  const { EndpointConfigName: config, ProductionVariants = [], ShadowProductionVariants = [] } = described;
  const pending = described.PendingDeploymentSummary;
  if (pending !== undefined) {
    const [variant] = pending.ProductionVariants ?? [];
    const { CurrentInstanceCount: current = 0, DesiredInstanceCount: desired = 0 } = variant ?? {};
    // A change without guardrails moves everything at once; nobody is between two fleets.
    if (isTrial(config) || isTrial(pending.EndpointConfigName) || desired === 0) return undefined;
    return { config: pending.EndpointConfigName, kind: 'instances', expectedShare: current / desired };
  }
  if (!isTrial(config)) return undefined;
  const weightOf = (views: readonly View[], name: string) =>
    views.find(({ VariantName }) => VariantName === name)?.CurrentWeight ?? 0;
  const champion = weightOf(ProductionVariants, 'main');
  if (ShadowProductionVariants.length > 0) {
    const share = weightOf(ShadowProductionVariants, 'challenger') / champion;
    return { config, kind: 'shadow', expectedShare: Math.min(1, share) };
  }
  const challenger = weightOf(ProductionVariants, 'challenger');
  return { config, kind: 'weights', expectedShare: challenger / (champion + challenger) };
}

/** The challenger's share of the requests as it was counted, 0 to 1. */
export const shareOf = ({ challenger, answered }: ReportPhase): number => challenger / answered;

/** How far a challenger's share was from what its instances or weights carry, 0 to 1. */
export const offBy = (phase: ReportPhase): number => Math.abs(shareOf(phase) - phase.expectedShare);

/** What came in between: requests that were answered, the challenger's (or its copies), and what failed. */
function counted(
  before: readonly Row[],
  after: readonly Row[],
  config: string,
): Pick<ReportPhase, 'answered' | 'challenger' | 'challengerFailed' | 'championFailed'> {
  const sum = (rows: readonly Row[], pick: 'requests' | 'errors', wanted: (row: Row) => boolean) =>
    rows.filter(wanted).reduce((all, row) => all + row[pick], 0);
  const between = (pick: 'requests' | 'errors', wanted: (row: Row) => boolean) =>
    sum(after, pick, wanted) - sum(before, pick, wanted);
  const isChallenger = (row: Row) => row.fleet === config && roleOf(row) !== 'champion';
  return {
    answered: between('requests', ({ isShadow }) => !isShadow),
    challenger: between('requests', isChallenger),
    challengerFailed: between('errors', isChallenger),
    championFailed: between('errors', (row) => !isChallenger(row)),
  };
}
