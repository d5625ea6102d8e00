/** One action that a role is granted although no story uses it, and why it stays. */
export interface UnusedGrant {
  /** The role's logical id. */
  readonly role: string;
  readonly action: string;
  readonly why: string;
}

/** `npm run check` asks for a line here, or for the grant to go; a line that is not needed any more has to go as well. */
export const unusedGrants: readonly UnusedGrant[] = [
  {
    role: 'ReleaseMachineRole',
    action: 'sagemaker:ListTags',
    why: 'AWS asks for it beside AddTags where .sync tags a job; it shows in no call.',
  },
  {
    role: 'TrainMachineRole',
    action: 'sagemaker:ListTags',
    why: 'AWS asks for it beside AddTags where .sync tags a job; it shows in no call.',
  },
  {
    role: 'ShadowMachineRole',
    action: 'states:RedriveExecution',
    why: 'Step Functions redrives what a redriven execution had started; a trial that broke is taken back, so none is.',
  },
  {
    role: 'WeightsMachineRole',
    action: 'states:RedriveExecution',
    why: 'Step Functions redrives what a redriven execution had started; a trial that broke is taken back, so none is.',
  },
  {
    role: 'JobRole',
    action: 's3:DeleteObject',
    why: 'A checkpoint that a container deletes is deleted in S3, too; simulated containers write none.',
  },
];
