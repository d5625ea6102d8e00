import type { PolicyDocument, StatementDocument } from '../../local/iam/policy.ts';
import { openWorld } from '../../local/open-world.ts';
import { stackOf } from '../../local/template/build-template.ts';
import { resolveTemplate } from '../../local/template/resolve-template.ts';
import { loadTemplate } from '../../local/template/template.ts';
import { packageFolder } from '../package.ts';

/** What one statement of a role's policies allows. */
export interface Grant {
  /** The role's logical id. */
  readonly role: string;
  readonly roleArn: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** Every Allow of every role in the packaged template, its references resolved as the local world does. */
export async function grantsOf(directory = packageFolder): Promise<Grant[]> {
  const template = loadTemplate(directory);
  const world = await openWorld({ packageDirectory: directory });
  try {
    const { resources } = resolveTemplate(template, stackOf(world, template));
    return resources
      .filter(({ type }) => type === 'AWS::IAM::Role')
      .flatMap(({ logicalId, attributes, properties }) =>
        ((properties.Policies ?? []) as { PolicyDocument: PolicyDocument }[]).flatMap(({ PolicyDocument }) =>
          allows(PolicyDocument).map(({ Action, Resource }) => ({
            role: logicalId,
            roleArn: attributes!.Arn!,
            actions: [Action ?? []].flat(),
            resources: [Resource ?? []].flat(),
          })),
        ),
      );
  } finally {
    await world.close();
  }
}

const allows = ({ Statement }: PolicyDocument): readonly StatementDocument[] =>
  [Statement].flat().filter(({ Effect }) => Effect === 'Allow');
