import { generatedName } from '../names.ts';
import type { ResourceType } from '../resource-type.ts';

const numbers = new Set(['DatapointsToAlarm', 'EvaluationPeriods', 'Period', 'Threshold']);

/** The template's properties are `PutMetricAlarm`'s members by name, so an alarm is made through the door like any other. */
const alarm: ResourceType = {
  properties:
    'ActionsEnabled AlarmActions AlarmDescription AlarmName ComparisonOperator DatapointsToAlarm Dimensions EvaluateLowSampleCountPercentile EvaluationCriteria EvaluationInterval EvaluationPeriods ExtendedStatistic InsufficientDataActions MetricName Metrics Namespace OKActions Period Statistic Tags Threshold ThresholdMetricId TreatMissingData Unit',

  identify({ logicalId, properties }, stack) {
    const name: string = properties.AlarmName ?? generatedName(stack, logicalId, 255);
    return {
      ref: name,
      attributes: { Arn: `arn:aws:cloudwatch:${stack.region}:${stack.accountId}:alarm:${name}` },
    };
  },

  async build(world, { ref, properties }) {
    // CloudFormation takes numbers as text too.
    const input = Object.fromEntries(
      Object.entries(properties).map(([name, value]) => [name, numbers.has(name) ? Number(value) : value]),
    );
    await world.door.call({
      service: 'cloudwatch',
      operation: 'PutMetricAlarm',
      input: { ...input, AlarmName: ref },
      caller: world.person,
    });
  },
};

const compositeAlarm: ResourceType = {
  properties:
    'ActionsEnabled ActionsSuppressor ActionsSuppressorExtensionPeriod ActionsSuppressorWaitPeriod AlarmActions AlarmDescription AlarmName AlarmRule InsufficientDataActions OKActions Tags',

  identify: alarm.identify,

  async build(world, { ref, properties }) {
    await world.door.call({
      service: 'cloudwatch',
      operation: 'PutCompositeAlarm',
      input: { ...properties, AlarmName: ref },
      caller: world.person,
    });
  },
};

export const cloudWatchTypes = {
  'AWS::CloudWatch::Alarm': alarm,
  'AWS::CloudWatch::CompositeAlarm': compositeAlarm,
};
