import { remembered } from '../remembered.ts';
import { noValue, resolveCondition, resolveValue, type Scope, TemplateError } from './intrinsics.ts';
import type { Properties, ResolvedResource, ResourceType, Stack } from './resource-type.ts';
import { resourceTypes } from './resources/index.ts';
import type { Template } from './template.ts';

/** A template whose every reference has become a name. Resources come after those they refer to. */
export interface ResolvedTemplate {
  readonly resources: readonly ResolvedResource[];
  readonly outputs: Readonly<Record<string, string>>;
}

const resolved = new WeakMap<Template, Map<string, ResolvedTemplate>>();

/**
 * Resolves all intrinsic functions of a template. Done once per template and
 * account; what it gives is frozen, since many worlds are built from it.
 *
 * @throws TemplateError naming the place of an unresolved reference, an unknown type or property, or a circle
 */
export const resolveTemplate = (template: Template, stack: Stack): ResolvedTemplate => {
  const byStack = remembered(resolved, template, () => new Map<string, ResolvedTemplate>());
  return remembered(byStack, JSON.stringify(stack), () => freeze(new Resolver(template, stack).resolve()));
};

class Resolver implements Scope {
  readonly #body: Template['body'];
  readonly #stack: Stack;
  readonly #done = new Map<string, ResolvedResource>();
  readonly #underWay: string[] = [];
  readonly #conditions = new Map<string, boolean>();

  constructor(template: Template, stack: Stack) {
    this.#body = template.body;
    this.#stack = stack;
  }

  resolve(): ResolvedTemplate {
    for (const [logicalId, { Condition }] of Object.entries(this.#body.Resources)) {
      if (Condition === undefined || this.condition(Condition, `Resources.${logicalId}`))
        this.#resource(logicalId, 'Resources');
    }
    const outputs: Record<string, string> = {};
    for (const [name, { Value, Condition }] of Object.entries(this.#body.Outputs ?? {})) {
      const path = `Outputs.${name}`;
      if (Condition !== undefined && !this.condition(Condition, path)) continue;
      outputs[name] = String(resolveValue(Value, this, path));
    }
    return { resources: [...this.#done.values()], outputs };
  }

  ref(name: string, path: string): unknown {
    const pseudo = this.#pseudoParameter(name);
    if (pseudo !== undefined) return pseudo;
    const parameter = this.#body.Parameters?.[name];
    if (parameter === undefined) return this.#resource(name, path).ref;
    if (parameter.Default === undefined) throw new TemplateError(path, `parameter ${name} has no default.`);
    if (parameter.Type.startsWith('AWS::SSM'))
      throw new TemplateError(path, `parameters of type ${parameter.Type} are not modelled.`);
    return parameter.Type === 'CommaDelimitedList' ? String(parameter.Default).split(',') : parameter.Default;
  }

  attribute(logicalId: string, name: string, path: string): unknown {
    const { type, attributes } = this.#resource(logicalId, path);
    const value = attributes?.[name];
    if (value === undefined)
      throw new TemplateError(path, `${logicalId} (${type}) has no attribute ${name} here.`);
    return value;
  }

  condition(name: string, path: string): boolean {
    const known = this.#conditions.get(name);
    if (known !== undefined) return known;
    const body = this.#body.Conditions?.[name];
    if (body === undefined) throw new TemplateError(path, `there is no condition ${name}.`);
    const holds = resolveCondition(body, this, `Conditions.${name}`);
    this.#conditions.set(name, holds);
    return holds;
  }

  mapped(map: string, first: string, second: string, path: string): unknown {
    const value = this.#body.Mappings?.[map]?.[first]?.[second];
    if (value === undefined) throw new TemplateError(path, `there is no mapping ${map}.${first}.${second}.`);
    return value;
  }

  #pseudoParameter(name: string): unknown {
    const { accountId, region, stackName } = this.#stack;
    return {
      'AWS::AccountId': accountId,
      'AWS::Region': region,
      'AWS::Partition': 'aws',
      'AWS::StackName': stackName,
      'AWS::StackId': `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/local`,
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::NoValue': noValue,
    }[name];
  }

  #resource(logicalId: string, path: string): ResolvedResource {
    const known = this.#done.get(logicalId);
    if (known !== undefined) return known;
    const declared = this.#body.Resources[logicalId];
    if (declared === undefined)
      throw new TemplateError(path, `there is no resource, parameter or pseudo parameter ${logicalId}.`);
    if (this.#underWay.includes(logicalId)) {
      throw new TemplateError(
        path,
        `resources refer to each other in a circle: ${[...this.#underWay, logicalId].join(' → ')}.`,
      );
    }
    const at = `Resources.${logicalId}`;
    if (declared.Condition !== undefined && !this.condition(declared.Condition, at)) {
      throw new TemplateError(
        path,
        `${logicalId} is not made, as its condition ${declared.Condition} does not hold.`,
      );
    }
    const resourceType = typeOf(declared.Type, at);
    this.#underWay.push(logicalId);
    for (const other of [declared.DependsOn ?? []].flat()) this.#resource(other, `${at}.DependsOn`);
    const properties = resolveValue(declared.Properties ?? {}, this, `${at}.Properties`) as Properties;
    requireKnownProperties(resourceType, declared.Type, properties, at);
    this.#underWay.pop();
    const identity = resourceType.identify({ logicalId, properties }, this.#stack);
    const resource = { logicalId, type: declared.Type, path: at, properties, ...identity };
    this.#done.set(logicalId, resource);
    return resource;
  }
}

const typeOf = (name: string, path: string): ResourceType => {
  const type = Object.hasOwn(resourceTypes, name) ? resourceTypes[name] : undefined;
  if (type === undefined)
    throw new TemplateError(
      path,
      `resource type ${name} is not modelled in this local world (docs/fidelity.md).`,
    );
  return type;
};

/** CloudFormation's own words for a misspelt property. */
const requireKnownProperties = (
  type: ResourceType,
  name: string,
  properties: Properties,
  path: string,
): void => {
  const known = new Set(type.properties.split(/\s+/));
  for (const property of Object.keys(properties)) {
    if (!known.has(property))
      throw new TemplateError(path, `Encountered unsupported property ${property} (${name}).`);
  }
};

const freeze = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) freeze(inner);
  return Object.freeze(value);
};
