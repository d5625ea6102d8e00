import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../package.ts';

/** A packaged CloudFormation template, as far as the checks read it. */
export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs: Readonly<Record<string, unknown>>;
}

export interface TemplateResource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation's shapes are as many as its resource types.
  readonly Properties: Record<string, any>;
}

export function readTemplate(folder = packageFolder): Template {
  return JSON.parse(readFileSync(join(folder, 'cloudformation-template-update-stack.json'), 'utf8'));
}

/** The state machines by their logical ids. */
export const machinesOf = (template: Template): [id: string, machine: TemplateResource][] =>
  Object.entries(template.Resources).filter(([, { Type }]) => Type === 'AWS::StepFunctions::StateMachine');

/** What people call the machine of a logical id: `release` for `ReleaseMachine`. */
export const machineName = (id: string): string => id.replace('Machine', '').toLowerCase();

/** Every reference to a resource, output or attribute that the template does not have. */
export function danglingReferences(template: Template): string[] {
  const findings: string[] = [];
  const known = (name: string): boolean => name.startsWith('AWS::') || name in template.Resources;
  const walk = (node: unknown, path: string): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      // A machine's definition has ${Name}s of its own; DefinitionSubstitutions fill them.
      if (key === 'Definition') continue;
      for (const name of namesIn(key, value)) {
        if (!known(name)) findings.push(`${path}: nothing in the template is called ${name}`);
      }
      walk(value, `${path}.${key}`);
    }
  };
  walk(template.Resources, 'Resources');
  walk(template.Outputs, 'Outputs');
  return findings;
}

function namesIn(key: string, value: unknown): string[] {
  if (key === 'Ref') return [String(value)];
  if (key === 'Fn::GetAtt') return [Array.isArray(value) ? String(value[0]) : String(value).split('.')[0]!];
  if (key === 'Fn::Sub') {
    const text = Array.isArray(value) ? String(value[0]) : String(value);
    const own = Array.isArray(value) ? Object.keys(value[1] as object) : [];
    return [...text.matchAll(/\$\{([^!}.]+)[^}]*\}/g)]
      .map(([, name]) => name!)
      .filter((name) => !own.includes(name));
  }
  return [];
}
