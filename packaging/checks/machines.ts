import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { errorOfJob } from '../../functions/shared/errors.ts';
import { projectRoot } from '../root.ts';
import { knownErrors } from './known-errors.ts';
import { machinesOf, type Template, type TemplateResource } from './template.ts';

/** One state wherever it stands, with its label. */
interface Placed {
  readonly label: string;
  // biome-ignore lint/suspicious/noExplicitAny: ASL's fields differ by state type; the ASL check knows them.
  readonly state: Record<string, any>;
}

/** Fields in the order in which every state tells them. */
const LAYOUT = [
  'Comment',
  'Type',
  'Resource',
  'Items',
  'MaxConcurrency',
  'ItemProcessor',
  'Branches',
  'Arguments',
  'Condition',
  'Choices',
  'Default',
  'Seconds',
  'Error',
  'Cause',
  'Assign',
  'Output',
  'TimeoutSeconds',
  'Retry',
  'Catch',
  'Next',
  'End',
];

/** What is wrong with the state machines of a packaged template, each with machine and state. */
export function machineFindings(template: Template): string[] {
  const machines = machinesOf(template);
  const all = machines.flatMap(([, { Properties }]) => placedStates(Properties.Definition));
  const findings = machines.flatMap(([name, machine]) => {
    const states = placedStates(machine.Properties.Definition);
    return [
      ...(machine.Properties.Definition.Comment ? [] : ['has no Comment with its promise']),
      ...substitutionFindings(machine, template),
      ...errorFindings(states, all),
      ...functionFindings(states, machine, template),
      ...states.flatMap(storyFindings),
    ].map((text) => `${name}: ${text}`);
  });
  return [...findings, ...actorFindings(all)];
}

/** Notices tell by a state's label who can act on its job. */
const actorFindings = (all: readonly Placed[]): string[] =>
  Object.keys(errorOfJob)
    .filter((label) => !all.some((state) => state.label === label))
    .map((label) => `functions/shared/errors.ts tells who can act on "${label}", which no machine has`);

// biome-ignore lint/suspicious/noExplicitAny: a definition is walked as data.
function placedStates(definition: any): Placed[] {
  return Object.entries(definition.States as Record<string, Placed['state']>).flatMap(([label, state]) => [
    { label, state },
    ...(state.ItemProcessor ? placedStates(state.ItemProcessor) : []),
    ...((state.Branches ?? []) as unknown[]).flatMap(placedStates),
  ]);
}

function substitutionFindings(machine: TemplateResource, template: Template): string[] {
  const used = new Set(
    [...JSON.stringify(machine.Properties.Definition).matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name!),
  );
  const given: Record<string, unknown> = machine.Properties.DefinitionSubstitutions ?? {};
  return [
    ...[...used]
      .filter((name) => !(name in given))
      .map((name) => `\${${name}} is not among its DefinitionSubstitutions`),
    ...Object.keys(given)
      .filter((name) => !used.has(name))
      .map((name) => `its substitution ${name} is used nowhere`),
    ...Object.values(given)
      .flatMap((value) => logicalId(value) ?? [])
      .filter((id) => !(id in template.Resources))
      .map((id) => `a substitution refers to ${id}, which the template does not have`),
  ];
}

/** The resource behind `{Ref}` or `{Fn::GetAtt}`; undefined for plain text. */
function logicalId(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { Ref, 'Fn::GetAtt': getAtt } = value as { Ref?: string; 'Fn::GetAtt'?: string[] };
  return Ref ?? getAtt?.[0];
}

function errorFindings(states: readonly Placed[], all: readonly Placed[]): string[] {
  const raised = all.flatMap(({ state }) =>
    state.Type === 'Fail' && /^\w+$/.test(state.Error ?? '') ? [state.Error as string] : [],
  );
  const known = knownErrors();
  return states.flatMap(({ label, state }) =>
    [...(state.Retry ?? []), ...(state.Catch ?? [])]
      .flatMap(({ ErrorEquals }) => ErrorEquals as string[])
      .filter((error) => !known.has(error) && !raised.includes(error))
      .map(
        (error) =>
          `"${label}" names the error ${error}, which neither AWS nor functions/shared/errors.ts knows`,
      ),
  );
}

/** One name all the way down: state label → function folder. Whoever asks a function again says what for. */
function functionFindings(
  states: readonly Placed[],
  machine: TemplateResource,
  template: Template,
): string[] {
  const asked = states
    .filter(({ state }) => state.Resource === 'arn:aws:states:::lambda:invoke')
    .map(({ label, state }) => {
      const folder = label.toLowerCase().replaceAll(' ', '-');
      const substitution = /^\$\{(\w+)\}$/.exec(state.Arguments.FunctionName)?.[1] ?? '';
      const id = logicalId(machine.Properties.DefinitionSubstitutions?.[substitution]);
      const handler: string = (id && template.Resources[id]?.Properties.Handler) ?? substitution;
      return { label, folder, handler, isNamed: handler === `functions/${folder}/handler.handler` };
    });
  const named = new Set(asked.filter(({ isNamed }) => isNamed).map(({ handler }) => handler));
  return asked.flatMap(({ label, folder, handler, isNamed }) => {
    if (isNamed) {
      return existsSync(join(projectRoot, `functions/${folder}/${folder}.ts`))
        ? []
        : [`"${label}" has no functions/${folder}/${folder}.ts`];
    }
    return named.has(handler)
      ? []
      : [`"${label}" calls ${handler}, but a state is named after its function: functions/${folder}/`];
  });
}

/** What makes a graph readable and a wait safe. */
function storyFindings({ label, state }: Placed): string[] {
  const keys = Object.keys(state);
  const inOrder = LAYOUT.filter((field) => keys.includes(field));
  return [
    ...(state.Comment ? [] : ['has no Comment']),
    ...(state.Type === 'Choice' && !label.endsWith('?') ? ['is a Choice, so its label is a question'] : []),
    ...(state.Type === 'Task' && state.TimeoutSeconds === undefined
      ? ['is a Task without TimeoutSeconds']
      : []),
    ...(keys.every((key, index) => key === inOrder[index])
      ? []
      : [`has its fields in the order ${keys.join(', ')}; the layout is ${inOrder.join(', ')}`]),
  ].map((text) => `"${label}" ${text}`);
}
