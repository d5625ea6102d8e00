/** What CreateProject takes for a project without source and artifacts, whose builds a test decides. */
export const buildProject = (
  name: string,
  serviceRole: string,
  variables: Readonly<Record<string, string>> = {},
) => ({
  name,
  source: { type: 'NO_SOURCE', buildspec: 'version: 0.2' },
  artifacts: { type: 'NO_ARTIFACTS' },
  environment: {
    type: 'ARM_CONTAINER',
    image: 'aws/codebuild/amazonlinux-aarch64-standard:3.0',
    computeType: 'BUILD_GENERAL1_SMALL',
    environmentVariables: Object.entries(variables).map(([variable, value]) => ({ name: variable, value })),
  },
  serviceRole,
});
