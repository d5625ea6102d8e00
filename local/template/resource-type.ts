import type { World } from '../world.ts';

/** The names among which a stack's resources are made. */
export interface Stack {
  readonly stackName: string;
  readonly accountId: string;
  readonly region: string;
  /** Where the functions' zip files lie. */
  readonly packageDirectory: string;
}

// biome-ignore lint/suspicious/noExplicitAny: a template's properties have CloudFormation's shapes, checked by name.
export type Properties = Readonly<Record<string, any>>;

/** What `Ref` and `Fn::GetAtt` give for a resource. */
export interface Identity {
  readonly ref: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface Described {
  readonly logicalId: string;
  readonly properties: Properties;
}

/** A resource with all references resolved. */
export interface ResolvedResource extends Described, Identity {
  readonly type: string;
  /** Where it stands in the template, for errors. */
  readonly path: string;
}

/**
 * How one CloudFormation type comes into the world. `identify` needs no world,
 * so that a template is resolved once however many worlds are opened from it.
 */
export interface ResourceType {
  /** Every property that CloudFormation knows for the type: another one is a misspelling and stops the run. */
  readonly properties: string;
  identify(resource: Described, stack: Stack): Identity;
  build?(
    world: World,
    resource: ResolvedResource,
    stack: Stack,
    all: readonly ResolvedResource[],
  ): void | Promise<void>;
}
