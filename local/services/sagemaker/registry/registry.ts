import type { Caller, Operation } from '../../../service.ts';
import type { World } from '../../../world.ts';
import type { Tags } from '../tags/tags.ts';
import { createModelPackage } from './create-model-package.ts';
import { createModelPackageGroup } from './create-model-package-group.ts';
import { deleteModelPackage } from './delete-model-package.ts';
import { deleteModelPackageGroup } from './delete-model-package-group.ts';
import { describeModelPackage } from './describe-model-package.ts';
import { describeModelPackageGroup } from './describe-model-package-group.ts';
import { listModelPackageGroups } from './list-model-package-groups.ts';
import { listModelPackages } from './list-model-packages.ts';
import type { ModelPackage } from './model-package.ts';
import { updateModelPackage } from './update-model-package.ts';

export interface ModelPackageGroup {
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
  readonly createdMs: number;
  readonly createdBy: string;
  /** By number; the number of a deleted version is not given again. */
  readonly versions: Map<number, ModelPackage>;
  lastVersion: number;
}

/** The model registry: groups and their versions. Packages outside groups are not modelled. */
export class Registry {
  readonly world: World;
  readonly tags: Tags;
  readonly groups = new Map<string, ModelPackageGroup>();
  /** The version that a ClientToken made. */
  readonly byClientToken = new Map<string, ModelPackage>();
  readonly operations: Readonly<Record<string, Operation>>;

  constructor(world: World, tags: Tags) {
    this.world = world;
    this.tags = tags;
    this.operations = {
      CreateModelPackage: createModelPackage(this),
      CreateModelPackageGroup: createModelPackageGroup(this),
      DeleteModelPackage: deleteModelPackage(this),
      DeleteModelPackageGroup: deleteModelPackageGroup(this),
      DescribeModelPackage: describeModelPackage(this),
      DescribeModelPackageGroup: describeModelPackageGroup(this),
      ListModelPackageGroups: listModelPackageGroups(this),
      ListModelPackages: listModelPackages(this),
      UpdateModelPackage: updateModelPackage(this),
    };
  }

  group(arnOrName: string): ModelPackageGroup | undefined {
    return this.groups.get(nameOf(arnOrName));
  }

  /** @param arnOrName the version's ARN, or `<group>/<version>` */
  version(arnOrName: string): ModelPackage | undefined {
    const [group, version] = nameOf(arnOrName).split('/');
    return this.groups.get(group!)?.versions.get(Number(version));
  }

  arn(type: 'model-package' | 'model-package-group', name: string): string {
    if (name.startsWith('arn:')) return name;
    return `arn:aws:sagemaker:${this.world.region}:${this.world.accountId}:${type}/${name}`;
  }
}

/** `CreatedBy` and `LastModifiedBy`. */
export const userContext = (callerArn: string): Record<string, unknown> => ({
  IamIdentity: { Arn: callerArn },
});

export const callerArn = (caller: Caller | undefined): string => caller?.arn ?? 'unknown';

/** What follows the resource type in an ARN; a plain name is left as it is. */
const nameOf = (arnOrName: string): string => arnOrName.replace(/^arn:[^/]*\//, '');
