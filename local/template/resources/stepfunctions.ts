import { requireStateMachineRole } from '../../iam/state-machine-role.ts';
import { validateInput } from '../../models/validate.ts';
import { remembered } from '../../remembered.ts';
import { loggingOf } from '../../services/stepfunctions/configurations.ts';
import { TemplateError } from '../intrinsics.ts';
import { generatedName } from '../names.ts';
import type { Properties, ResourceType } from '../resource-type.ts';

const stateMachine: ResourceType = {
  properties:
    'Definition DefinitionS3Location DefinitionString DefinitionSubstitutions EncryptionConfiguration LoggingConfiguration RoleArn StateMachineName StateMachineType Tags TracingConfiguration',

  identify({ logicalId, properties }, stack) {
    const name: string = properties.StateMachineName ?? generatedName(stack, logicalId, 80);
    const arn = `arn:aws:states:${stack.region}:${stack.accountId}:stateMachine:${name}`;
    return { ref: arn, attributes: { Arn: arn, Name: name, StateMachineRevisionId: 'INITIAL' } };
  },

  build(world, { attributes, properties, path }) {
    const { RoleArn, StateMachineType, LoggingConfiguration, TracingConfiguration } = properties;
    const definition = definitionOf(properties, path);
    const logs = LoggingConfiguration !== undefined && (LoggingConfiguration.Level ?? 'OFF') !== 'OFF';
    const tracing = String(TracingConfiguration?.Enabled ?? false) === 'true';
    const logging = LoggingConfiguration && (inApiNames(LoggingConfiguration) as object);
    validateInput('stepfunctions', 'CreateStateMachine', {
      name: attributes!.Name,
      type: StateMachineType,
      // Its length is the service's to judge, which has it in one piece.
      definition: '{}',
      roleArn: RoleArn,
      loggingConfiguration: logging,
      tracingConfiguration: { enabled: tracing },
    });
    loggingOf({ loggingConfiguration: logging });
    requireStateMachineRole(world, { definition, roleArn: RoleArn, logs, tracing });
    world.stepfunctions.createStateMachine({
      name: attributes!.Name!,
      type: StateMachineType ?? 'STANDARD',
      definition,
      roleArn: RoleArn,
      tracing: { enabled: tracing },
      ...(logging && { logging }),
    });
  },
};

/** CloudFormation writes members large and takes `true` as text; Step Functions' API does neither. */
const inApiNames = (value: unknown): unknown => {
  if (value === 'true' || value === 'false') return value === 'true';
  if (Array.isArray(value)) return value.map(inApiNames);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name[0]!.toLowerCase() + name.slice(1), inApiNames(inner)]),
  );
};

/** One definition for every world built from the same template, so that what is made of it can be kept. */
const definitions = new WeakMap<Properties, object>();

const definitionOf = (properties: Properties, path: string): object =>
  remembered(definitions, properties, () => substituted(properties, path));

const substituted = (properties: Properties, path: string): object => {
  const { Definition, DefinitionString, DefinitionSubstitutions = {} } = properties;
  const fill = (text: string, place: string): string =>
    text.replace(/\$\{([A-Za-z0-9_]+)\}/g, (_, name: string) => {
      const value = DefinitionSubstitutions[name];
      if (value === undefined)
        throw new TemplateError(place, `\${${name}} is not among the DefinitionSubstitutions.`);
      return String(value);
    });
  const fillAll = (value: unknown, place: string): unknown => {
    if (typeof value === 'string') return fill(value, place);
    if (Array.isArray(value)) return value.map((item, index) => fillAll(item, `${place}[${index}]`));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [fill(key, place), fillAll(inner, `${place}.${key}`)]),
    );
  };
  if (Definition !== undefined) return fillAll(Definition, `${path}.Properties.Definition`) as object;
  if (DefinitionString === undefined)
    throw new TemplateError(path, 'only Definition and DefinitionString are modelled.');
  return JSON.parse(fill(DefinitionString, `${path}.Properties.DefinitionString`));
};

export const stepFunctionsTypes = { 'AWS::StepFunctions::StateMachine': stateMachine };
