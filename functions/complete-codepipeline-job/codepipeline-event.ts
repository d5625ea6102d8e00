/**
 * What CodePipeline sends, as far as it is read here. It also carries
 * credentials for the artifacts, so it is never logged.
 */
export interface CodePipelineEvent {
  readonly 'CodePipeline.job': Job;
}

export interface Job {
  readonly id: string;
  readonly data: {
    readonly actionConfiguration: { readonly configuration: { readonly UserParameters?: string } };
    readonly continuationToken?: string;
  };
}
