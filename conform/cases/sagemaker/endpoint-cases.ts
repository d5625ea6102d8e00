import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  PutCompositeAlarmCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { DeleteEndpointCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { InvokeEndpointCommand, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime';
import type { Aws } from '../../aws.ts';
import type { CallCase } from '../../case.ts';
import { makeAlarm, untilState } from '../cloudwatch/cases.ts';
import {
  canary,
  costOfEndpoint,
  describe,
  makeEndpoint,
  phase,
  settled,
  update,
  withEndpoint,
} from './endpoints.ts';

const ring = (aws: Aws, AlarmName: string) =>
  aws
    .client(CloudWatchClient)
    .send(
      new SetAlarmStateCommand({ AlarmName, StateValue: 'ALARM', StateReason: 'asked by a contract case' }),
    );

/** An endpoint of two instances, its second configuration, and an alarm that is OK. */
const guardedEndpoint = async (aws: Aws): Promise<{ two: string; alarm: string }> => {
  const { two } = await makeEndpoint(aws, 2);
  const alarm = await makeAlarm(aws);
  await untilState(aws, alarm, 'OK');
  return { two, alarm };
};

/** Rings again and again: an alarm without data would be OK at its next look. */
const ringUntilSettled = async (aws: Aws, alarm: string) =>
  aws.until(
    'the endpoint settles',
    async () => {
      await ring(aws, alarm);
      const seen = await describe(aws);
      return seen.EndpointStatus === 'Updating' ? undefined : seen;
    },
    { minutes: 30, everySeconds: 15 },
  );

const ending = ({
  EndpointStatus,
  EndpointConfigName,
  FailureReason,
}: Awaited<ReturnType<typeof describe>>) => ({
  status: EndpointStatus!,
  config: EndpointConfigName!,
  failureReason: FailureReason ?? null,
});

export const endpointCases: readonly CallCase[] = [
  {
    id: 'sagemaker/endpoint',
    title: 'An endpoint is made, asked, changed and taken away',
    service: 'sagemaker',
    asks: 'statuses of the way, and what a busy endpoint refuses',
    assumed: '“Cannot update in-progress endpoint …”',
    cost: costOfEndpoint(1),
    needs: withEndpoint,
    async run(aws) {
      const { EndpointName, one, two } = await makeEndpoint(aws, 1);
      const made = ending(await describe(aws));
      const asked = await aws
        .client(SageMakerRuntimeClient)
        .send(new InvokeEndpointCommand({ EndpointName, ContentType: 'text/csv', Body: Buffer.from('1,2') }));
      await update(aws, two);
      const busy = await aws.refusal(update(aws, one));
      const deletedWhileBusy = await aws.refusal(
        aws.client(SageMakerClient).send(new DeleteEndpointCommand({ EndpointName })),
      );
      const changed = ending(await settled(aws));
      return {
        made,
        variant: asked.InvokedProductionVariant!,
        busy,
        deletedWhileBusy,
        changed,
        unknownConfig: await aws.refusal(update(aws, aws.name('gone'))),
      };
    },
  },
  {
    id: 'sagemaker/canary-of-one-instance',
    title: 'A canary on a fleet of one instance',
    service: 'sagemaker',
    asks: 'whether half of one instance is refused, and when',
    assumed: 'refused at once',
    cost: costOfEndpoint(1),
    needs: withEndpoint,
    async run(aws) {
      const { two } = await makeEndpoint(aws, 1);
      const asked = await aws.refusal(update(aws, two, canary(50, 60)));
      return { asked, after: ending(await settled(aws)) };
    },
  },
  {
    id: 'sagemaker/canary-in-whole-instances',
    title: 'Half of three instances',
    service: 'sagemaker',
    asks: 'how many instances of three carry a canary of 50 percent',
    assumed: 'one: rounded down',
    cost: costOfEndpoint(6),
    needs: withEndpoint,
    async run(aws) {
      const { two } = await makeEndpoint(aws, 3);
      await update(aws, two, canary(50, 300));
      const { PendingDeploymentSummary, ProductionVariants } = await phase(aws, 'Baking');
      const after = ending(await settled(aws));
      return {
        pending:
          PendingDeploymentSummary?.ProductionVariants?.map((each) => each.CurrentInstanceCount ?? null) ??
          null,
        serving: ProductionVariants?.map((each) => each.CurrentInstanceCount ?? null) ?? null,
        after,
      };
    },
  },
  {
    id: 'sagemaker/alarm-rings-before-the-update',
    title: 'An alarm that rings before the update begins',
    service: 'sagemaker',
    asks: 'whether it is refused, rolled back or passed over',
    assumed: 'rolled back',
    cost: costOfEndpoint(2),
    needs: withEndpoint,
    async run(aws) {
      const { two, alarm } = await guardedEndpoint(aws);
      await ring(aws, alarm);
      const asked = await aws.refusal(update(aws, two, canary(50, 300, [alarm])));
      const after = await ringUntilSettled(aws, alarm);
      return { asked, after: ending(after) };
    },
  },
  {
    id: 'sagemaker/alarm-rolls-back',
    title: 'An alarm that is set to ALARM during the bake',
    service: 'sagemaker',
    asks: 'whether `SetAlarmState` rolls an update back, and with which words',
    assumed: 'it does; `InService` on the old configuration with a reason',
    cost: costOfEndpoint(2),
    needs: withEndpoint,
    async run(aws) {
      const { two, alarm } = await guardedEndpoint(aws);
      await update(aws, two, canary(50, 600, [alarm]));
      await phase(aws, 'Baking');
      return { after: ending(await ringUntilSettled(aws, alarm)) };
    },
  },
  {
    id: 'sagemaker/composite-alarm',
    title: 'A composite alarm guards an update',
    service: 'sagemaker',
    asks: 'whether a composite alarm may guard an update',
    assumed: 'it may',
    cost: costOfEndpoint(2),
    needs: withEndpoint,
    async run(aws) {
      const cloudwatch = aws.client(CloudWatchClient);
      const alarm = await makeAlarm(aws);
      const AlarmName = aws.name('composite');
      await cloudwatch.send(
        new PutCompositeAlarmCommand({ AlarmName, AlarmRule: `ALARM("${alarm}")`, Tags: aws.tags }),
      );
      aws.later(`alarm ${AlarmName}`, () =>
        cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [AlarmName] })),
      );
      const { two } = await makeEndpoint(aws, 2);
      const asked = await aws.refusal(update(aws, two, canary(50, 60, [AlarmName])));
      return { asked, after: ending(await settled(aws)) };
    },
  },
];
