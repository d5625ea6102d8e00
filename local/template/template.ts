import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A packaged CloudFormation template and what the packaging knows beside it. */
export interface Template {
  /** Absolute path of the directory in which the package lies, with the functions' zip files. */
  readonly directory: string;
  readonly stackName: string;
  /** Tells one template from another; the same for the same sources, whenever they were packaged. */
  readonly hash: string;
  readonly body: TemplateBody;
}

export interface TemplateBody {
  readonly Parameters?: Readonly<Record<string, { readonly Type: string; readonly Default?: unknown }>>;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Condition?: string }>>;
  readonly Transform?: unknown;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
}

const templateFile = 'cloudformation-template-update-stack.json';
const stateFile = 'serverless-state.json';

const loaded = new Map<string, { readonly changedMs: number; readonly template: Template }>();

/**
 * Reads the package that `serverless package` left in `directory`. Read once
 * per process, and again when the file has changed.
 *
 * @throws Error telling to package first, or what the template holds that cannot be read
 */
export const loadTemplate = (directory = '.serverless'): Template => {
  const path = resolve(directory, templateFile);
  if (!existsSync(path)) {
    throw new Error(`There is no packaged template at ${path}. Run \`npm run package\` first.`);
  }
  const changedMs = statSync(path).mtimeMs;
  const known = loaded.get(path);
  if (known?.changedMs === changedMs) return known.template;
  const text = readFileSync(path, 'utf8');
  const body = JSON.parse(text) as TemplateBody;
  if (body.Transform !== undefined) throw new Error(`${path}: Transform is not modelled (docs/fidelity.md).`);
  refuseNull(body, '');
  const template = {
    directory: resolve(directory),
    stackName: stackNameOf(directory),
    hash: hashOf(text),
    body,
  };
  loaded.set(path, { changedMs, template });
  return template;
};

/** CloudFormation's own refusal. (The packaging drops most nulls unseen; one in a state belongs into `{% null %}`.) */
const refuseNull = (value: unknown, path: string): void => {
  if (value === null) {
    throw new Error(`Template format error: [${path}] 'null' values are not allowed in templates`);
  }
  if (typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value as object)) refuseNull(inner, `${path}/${key}`);
};

/** The deployment's folder in the bucket carries the time of packaging, which says nothing about the stack. */
const hashOf = (text: string): string =>
  createHash('sha256')
    .update(text.replace(/\d{13}-\d{4}-\d\d-\d\dT[\d:.]+Z/g, ''))
    .digest('hex')
    .slice(0, 16);

interface ServerlessState {
  readonly service?: {
    readonly service?: string;
    readonly provider?: { readonly stackName?: string; readonly stage?: string };
  };
}

const stackNameOf = (directory: string): string => {
  const path = join(directory, stateFile);
  if (!existsSync(path)) return 'stack';
  const { service } = JSON.parse(readFileSync(path, 'utf8')) as ServerlessState;
  return (
    service?.provider?.stackName ?? `${service?.service ?? 'stack'}-${service?.provider?.stage ?? 'dev'}`
  );
};
