import { readTemplate, type Template, type TemplateResource } from '../../../packaging/checks/template.ts';

// biome-ignore lint/suspicious/noExplicitAny: a fault may be planted anywhere.
export type States = Record<string, any>;

/** A template that may be damaged. */
export interface Draft {
  readonly resources: Record<string, TemplateResource>;
  /** The states of a machine by its logical id. */
  states(machine: string): States;
}

/** The packaged template with one fault planted. */
export function altered(plant: (draft: Draft) => void): Template {
  const template = structuredClone(readTemplate());
  const resources = template.Resources as Record<string, TemplateResource>;
  plant({ resources, states: (machine) => resources[machine]!.Properties.Definition.States });
  return template;
}
