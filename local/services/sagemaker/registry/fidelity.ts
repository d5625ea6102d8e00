import type { Fidelity } from '../../../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'SageMaker: registry and models',
  behaviours: [
    {
      behaviour: 'Package versions, client tokens and approval status',
      source: 'model; guide: Model Registry',
      standing: 'as AWS',
    },
    {
      behaviour: 'The group’s name keeps its case in a package’s ARN',
      source: 'none',
      standing: 'unconfirmed',
      case: 'sagemaker/package-arn-keeps-case',
    },
    {
      behaviour: 'A versioned package without an approval status waits for approval',
      source: 'none',
      standing: 'unconfirmed',
      case: 'sagemaker/package-approval-by-default',
    },
    {
      behaviour: 'Texts for missing and existing groups and packages',
      source: 'guide; reported',
      standing: 'as AWS',
    },
    {
      behaviour: 'A deleted version leaves its number taken; a group with versions is a `ConflictException`',
      source: 'model; the number is an assumption',
      standing: 'as AWS',
    },
    {
      behaviour:
        'Each creation and update of a version sends one event with `UpdatedModelPackageFields`; a deletion sends none',
      source: 'guide: Automating with EventBridge; silent about deletion',
      standing: 'ours',
    },
    {
      behaviour: 'Packages outside a group',
      source: 'guide: CreateModelPackage',
      standing: 'not modelled',
    },
  ],
};
