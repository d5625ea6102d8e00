import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Template, TemplateBody } from '../../../local/template/template.ts';
import { projectRoot } from '../../../packaging/root.ts';

/** CloudFormation's short forms, as far as the examples use them. */
const customTags = [
  { tag: '!Ref', resolve: (name: string) => ({ Ref: name }) },
  { tag: '!Sub', resolve: (text: string) => ({ 'Fn::Sub': text }) },
  { tag: '!GetAtt', resolve: (path: string) => ({ 'Fn::GetAtt': path.split('.') }) },
];

// biome-ignore lint/suspicious/noExplicitAny: tests read examples freely.
export const readExample = (path: string): any =>
  parse(readFileSync(join(projectRoot, 'examples', path), 'utf8'), { customTags });

/** An example's template with its parameters given, as `aws cloudformation deploy` takes it. */
export function exampleTemplate(path: string, parameters: Readonly<Record<string, string>>): Template {
  const body = readExample(path) as TemplateBody;
  const given = Object.entries(body.Parameters ?? {}).map(([name, parameter]) => [
    name,
    { ...parameter, Default: parameters[name] ?? parameter.Default },
  ]);
  return {
    directory: projectRoot,
    stackName: path.replace(/\W/g, '-'),
    hash: path,
    body: { ...body, Parameters: Object.fromEntries(given) },
  };
}
