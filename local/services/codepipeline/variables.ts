import { AwsError } from '../../aws-error.ts';

/** Values by their full names, such as `codepipeline.PipelineExecutionId` or `Source.CommitId`. */
export type Variables = Readonly<Record<string, string>>;

/** Every value of an action's configuration has so many characters. Source: model, `ActionConfigurationValue`. */
const LONGEST_VALUE = 1000;

/**
 * An action's configuration as the action gets it: `#{namespace.name}` replaced, as text in text.
 *
 * @throws AwsError InvalidActionDeclarationException for a value that CreatePipeline refuses, InvalidVariable for one that nobody gave
 */
export function resolveConfiguration<Configuration extends object>(
  configuration: Configuration,
  variables: Variables = {},
): Configuration {
  const entries = Object.entries(configuration).map(([name, value]: [string, unknown]) => {
    if (typeof value !== 'string') return [name, value];
    if (value.length < 1 || value.length > LONGEST_VALUE) {
      throw new AwsError(
        'InvalidActionDeclarationException',
        `${name} has ${value.length} characters; 1 to ${LONGEST_VALUE} are allowed.`,
      );
    }
    return [name, value.replace(/#\{([^}]+)\}/g, (_, variable: string) => given(variable, variables))];
  });
  return Object.fromEntries(entries) as Configuration;
}

function given(name: string, variables: Variables): string {
  const value = variables[name];
  if (value === undefined) throw new AwsError('InvalidVariable', `The variable ${name} is not there.`);
  return value;
}
