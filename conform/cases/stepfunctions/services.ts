import { DeleteRuleCommand, DescribeRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { CallCase } from '../../case.ts';
import { aFewStates, anyMachine, asl, makeMachine, outcomeOf, task } from './machines.ts';

const labelingRule = 'StepFunctionsGetEventsForSageMakerLabelingJobsRule';

/** What Step Functions tells of services beside the stack. */
export const serviceCases: readonly CallCase[] = [
  {
    id: 'stepfunctions/greengrass-error-names',
    title: 'Errors of Greengrass through its AWS SDK integration',
    service: 'stepfunctions',
    asks: 'the prefix of Greengrass’s errors',
    assumed: 'the integration is not modelled',
    cost: aFewStates,
    needs: anyMachine,
    async run(aws) {
      const arn = `arn:aws:greengrass:${aws.region}:${aws.accountId}:components:com.example.none`;
      const { error = null } = await outcomeOf(
        aws,
        asl({
          Try: task('aws-sdk:greengrassv2:listComponentVersions', { Arn: arn }),
        }),
      );
      return { error };
    },
  },
  {
    id: 'stepfunctions/greengrass-component-twice',
    title: 'The same version of a component twice',
    service: 'stepfunctions',
    asks: 'whether a second CreateComponentVersion of one version is a conflict',
    assumed: 'the integration is not modelled',
    cost: aFewStates,
    needs: {
      roles: {
        machine: [
          {
            Action: ['greengrass:CreateComponentVersion', 'greengrass:DeleteComponent'],
            Resource: 'arn:aws:greengrass:<region>:<account>:components:signalbox-conform-*',
          },
        ],
      },
    },
    async run(aws) {
      const recipe = JSON.stringify({
        RecipeFormatVersion: '2020-01-25',
        ComponentName: aws.name('component'),
        ComponentVersion: '1.0.0',
        Manifests: [{ Platform: { os: 'linux' }, Lifecycle: { Run: 'true' } }],
      });
      const Resource = 'arn:aws:states:::aws-sdk:greengrassv2:createComponentVersion';
      const create = { Type: 'Task', Resource, Arguments: { InlineRecipe: recipe } };
      const arn = `arn:aws:greengrass:${aws.region}:${aws.accountId}:components:${aws.name('component')}:versions:1.0.0`;
      const deletion = asl({ Delete: task('aws-sdk:greengrassv2:deleteComponent', { Arn: arn }) });
      aws.later('Greengrass component', () => outcomeOf(aws, deletion, { suffix: 'deletion' }));
      const twice = asl({ First: { ...create, Next: 'Second' }, Second: { ...create, End: true } });
      const { status, error = null } = await outcomeOf(aws, twice);
      return { status: status!, error };
    },
  },
  {
    id: 'stepfunctions/rule-of-labeling-jobs',
    title: 'The managed rule behind `createLabelingJob.sync`',
    service: 'stepfunctions',
    asks: `whether the rule is called ${labelingRule}`,
    assumed: 'the integration is not modelled',
    cost: aFewStates,
    needs: {
      roles: {
        machine: [
          {
            Action: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
            Resource: `arn:aws:events:<region>:<account>:rule/${labelingRule}`,
          },
        ],
      },
    },
    async run(aws) {
      const events = aws.client(EventBridgeClient);
      const see = () => aws.refusal(events.send(new DescribeRuleCommand({ Name: labelingRule })));
      const before = await see();
      await makeMachine(
        aws,
        asl({
          Label: task('sagemaker:createLabelingJob.sync', { LabelingJobName: aws.name('never-started') }),
        }),
      );
      const after = await see();
      if (before !== 'accepted') {
        aws.later(`rule ${labelingRule}`, () =>
          events.send(new DeleteRuleCommand({ Name: labelingRule, Force: true })),
        );
      }
      return { there: after === 'accepted' };
    },
  },
];
