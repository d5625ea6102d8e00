/** How a behaviour of the local world stands to AWS's own. */
export type Standing =
  /** The source proves it: AWS's model, its guide, or something AWS was recorded doing. */
  | 'as AWS'
  /** Nobody has proved it; a case of the contract suite asks AWS. */
  | 'unconfirmed'
  /** A choice of this world where AWS tells nothing or a laptop differs. */
  | 'ours'
  /** AWS has it, this world has not. It is refused, never passed over in silence, unless the text says so. */
  | 'not modelled';

/** One row of docs/fidelity.md. */
export interface Behaviour {
  /** One sentence or less, in the present tense. */
  readonly behaviour: string;
  /** Where it is known from: `model`, `guide: <page>`, `recorded`, `reported: <where>`. */
  readonly source: string;
  readonly standing: Standing;
  /** The id of the contract case that asks AWS; every `unconfirmed` behaviour has one. */
  readonly case?: string;
}

/** What one part of the local world models. Each part keeps its own in a `fidelity.ts` beside its code. */
export interface Fidelity {
  readonly title: string;
  readonly behaviours: readonly Behaviour[];
}
