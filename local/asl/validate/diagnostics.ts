/** One fault in a definition, in the words and codes of `ValidateStateMachineDefinition`. */
export interface Diagnostic {
  readonly code:
    | 'SCHEMA_VALIDATION_FAILED'
    | 'INVALID_JSON_DESCRIPTION'
    | 'INVALID_JSONATA_EXPRESSION'
    | 'UNSUPPORTED_JSONATA_EXPRESSION'
    | 'INVALID_STATE_NAME'
    | 'DUPLICATE_STATE_NAME'
    | 'INVALID_LABEL_NAME'
    | 'DUPLICATE_LABEL_NAME'
    | 'INVALID_VARIABLE_NAME'
    | 'RESERVED_VARIABLE_NAME'
    | 'MISSING_TRANSITION_TARGET'
    | 'MISSING_END_STATE'
    /** AWS takes it; this local world does not. */
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

  /** What AWS would take. Whoever reads it must not look for a fault in the definition. */
  notModelled(what: string, location: string): void {
    const message = `${what} is valid at AWS but not modelled in this local world; docs/fidelity.md lists what is.`;
    this.add('NOT_MODELLED_LOCALLY', message, location);
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
