/** A pipeline's declaration, as the API names it. */
export interface PipelineDeclaration {
  readonly name: string;
  readonly roleArn: string;
  readonly stages: readonly StageDeclaration[];
  readonly executionMode?: 'SUPERSEDED' | 'QUEUED' | 'PARALLEL';
  readonly pipelineType?: 'V1' | 'V2';
  readonly triggers?: readonly { readonly gitConfiguration: { readonly sourceActionName: string } }[];
  readonly variables?: readonly object[];
}

export interface StageDeclaration {
  readonly name: string;
  readonly actions: readonly ActionDeclaration[];
}

export interface ActionDeclaration {
  readonly name: string;
  readonly actionTypeId: { readonly category: string; readonly owner: string; readonly provider: string };
  readonly configuration?: Readonly<Record<string, string>>;
  readonly inputArtifacts?: readonly { readonly name: string }[];
  readonly outputArtifacts?: readonly { readonly name: string }[];
  readonly namespace?: string;
}
