/** One fault in a definition, in the words and codes of `ValidateStateMachineDefinition`. */
export interface Diagnostic {
  readonly code:
    | 'SCHEMA_VALIDATION_FAILED'
    | 'INVALID_JSON_DESCRIPTION'
    | 'INVALID_JSONATA_EXPRESSION'
    | 'UNSUPPORTED_JSONATA_EXPRESSION'
    | 'MISSING_TRANSITION_TARGET'
    | 'MISSING_END_STATE'
    /** Valid at AWS, but not in this local world yet. */
    | 'NOT_MODELLED_LOCALLY';
  readonly message: string;
  /** Where, as `/States/<name>/<field>`; absent where AWS gives none. */
  readonly location?: string;
}

/** Collects what is wrong with a definition. */
export class Report {
  readonly diagnostics: Diagnostic[] = [];

  schema(message: string, location: string): void {
    this.diagnostics.push({ code: 'SCHEMA_VALIDATION_FAILED', message, location });
  }

  notModelled(what: string, location: string): void {
    this.add('NOT_MODELLED_LOCALLY', `${what} is not modelled yet by the local world`, location);
  }

  add(code: Diagnostic['code'], message: string, location?: string): void {
    this.diagnostics.push({ code, message, ...(location !== undefined && { location }) });
  }
}

/** The message of the `InvalidDefinition` error that CreateStateMachine answers. */
export const invalidDefinitionMessage = (diagnostics: readonly Diagnostic[]): string =>
  `Invalid State Machine Definition: '${diagnostics
    .map(({ code, message, location }) => `${code}: ${message} at ${location ?? 'null'}`)
    .join(', ')}'`;
