import type { World } from '../../local/world.ts';
import type { Draft } from './support/altered.ts';
import { type Aftermath, openDamaged, type Plant, uploadToDamaged } from './support/damaged.ts';

// Each of these mistakes deploys in a template that looks right. Here it fails as AWS would fail it.

const worlds: World[] = [];

const afterUpload = async (plant: Plant): Promise<Aftermath> => {
  const aftermath = await uploadToDamaged(plant);
  worlds.push(aftermath.world);
  return aftermath;
};

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

/** Takes actions out of every statement of a role. */
const without =
  (role: string, ...actions: string[]): Plant =>
  ({ resources }: Draft) => {
    for (const { PolicyDocument } of resources[role]!.Properties.Policies) {
      for (const statement of PolicyDocument.Statement) {
        const left = [statement.Action].flat().filter((action: string) => !actions.includes(action));
        statement.Action = left.length > 0 ? left : ['none:Granted'];
      }
    }
  };

/** Changes what the plan asks of a job. */
const processingRequest =
  (expression: string): Plant =>
  ({ states }) => {
    const state = states('ReleaseMachine')['Process the data'];
    state.Arguments = state.Arguments.replace('$plan.process.request', expression);
  };

describe('a machine’s role that lacks', () => {
  test.each<[string, Plant, RegExp]>([
    [
      'the permission for a call',
      without('ReleaseMachineRole', 'sagemaker:CreateProcessingJob'),
      /^SageMaker\.AmazonSageMakerException: User: arn:aws:sts::123456789012:assumed-role\/\S+ is not authorized to perform: sagemaker:CreateProcessingJob on resource: arn:aws:sagemaker:eu-west-1:123456789012:processing-job\/\S+ because no identity-based policy allows the sagemaker:CreateProcessingJob action \(Service: AmazonSageMaker; Status Code: 400; Error Code: AccessDeniedException; /,
    ],
    [
      'the permission to pass the job’s role on',
      without('ReleaseMachineRole', 'iam:PassRole'),
      /^SageMaker\.AmazonSageMakerException: User: \S+ is not authorized to perform: iam:PassRole on resource: arn:aws:iam::123456789012:role\/\S+JobRole\S+ because no identity-based policy allows the iam:PassRole action/,
    ],
    [
      'the permission for the tags that .sync adds',
      without('ReleaseMachineRole', 'sagemaker:AddTags'),
      /^SageMaker\.AmazonSageMakerException: User: \S+ is not authorized to perform: sagemaker:AddTags on resource: \S+processing-job\//,
    ],
    [
      'the permission to look at the job that has ended',
      without('ReleaseMachineRole', 'sagemaker:DescribeProcessingJob'),
      /^SageMaker\.AmazonSageMakerException: User: \S+ is not authorized to perform: sagemaker:DescribeProcessingJob on resource: \S+processing-job\//,
    ],
    [
      'the permission for a function',
      without('ReleaseMachineRole', 'lambda:InvokeFunction'),
      /^Lambda\.AWSLambdaException: User: \S+ is not authorized to perform: lambda:InvokeFunction on resource: \S+check-request because no identity-based policy allows/,
    ],
    [
      'the key of the topic that it tells',
      without('ReleaseMachineRole', 'kms:GenerateDataKey'),
      /^SNS\.KMSAccessDeniedException: User: \S+ is not authorized to perform: kms:GenerateDataKey on resource: arn:aws:kms:eu-west-1:123456789012:key\//,
    ],
  ])('%s fails at that call', async (_, plant, failure) => {
    const { failures } = await afterUpload(plant);

    expect(failures).toContainEqual(expect.stringMatching(failure));
  });

  test('the managed rule of .sync is refused when the machine is made', async () => {
    await expect(openDamaged(without('TrainMachineRole', 'events:PutRule'))).rejects.toThrow(
      /TrainMachine .*'arn:aws:iam::123456789012:role\/\S+' is not authorized to create managed-rule\.$/,
    );
  });

  test('the delivery of logs is refused when the machine is made', async () => {
    await expect(openDamaged(without('WakeMachineRole', 'logs:CreateLogDelivery'))).rejects.toThrow(
      'The state machine IAM Role is not authorized to access the Log Destination',
    );
  });

  test('X-Ray is made even so, as its traces would only be lost', async () => {
    worlds.push(await openDamaged(without('TrainMachineRole', 'xray:PutTraceSegments')));

    expect(worlds[0]!.resources.TrainMachine).toBeDefined();
  });
});

describe('a job’s role that lacks', () => {
  test.each<[string, Plant, RegExp]>([
    [
      'the right to read its input',
      without('JobRole', 's3:GetObject'),
      /"FailureReason":"ClientError: Unable to download object s3:\/\/\S+2001-01\.json \(AccessDenied: Access Denied\)"/,
    ],
    [
      'the right to write its output',
      without('JobRole', 's3:PutObject'),
      /"FailureReason":"ClientError: Unable to upload object s3:\/\/\S+ \(AccessDenied: Access Denied\)"/,
    ],
    [
      'the right to pull its image',
      without('JobRole', 'ecr:GetDownloadUrlForLayer'),
      /"FailureReason":"ClientError: Cannot pull algorithm container\. Either the image does not exist or its permissions are incorrect\."/,
    ],
    [
      'SageMaker’s trust',
      ({ resources }) => {
        resources.JobRole!.Properties.AssumeRolePolicyDocument.Statement[0].Principal = {
          Service: 'ec2.amazonaws.com',
        };
      },
      /^SageMaker\.AmazonSageMakerException: Could not assume role \S+\. Please ensure that the role exists and allows principal 'sagemaker\.amazonaws\.com' to assume the role\. \(/,
    ],
  ])('%s fails the job', async (_, plant, failure) => {
    const { failures } = await afterUpload(plant);

    expect(failures).toContainEqual(expect.stringMatching(failure));
  });
});

describe('a state that asks for', () => {
  test.each<[string, Plant, RegExp]>([
    [
      'a misspelt parameter is told which',
      processingRequest('$merge([$plan.process.request, {"ProcessingInput": []}])'),
      /^States\.Runtime: An error occurred while executing the state 'Process the data' \(entered at the event id #\d+\)\. The Arguments .* could not be used to start the Task: \[The field "ProcessingInput" is not supported by Step Functions\.\]$/,
    ],
    [
      'an over-long name is told the limit',
      ({ states }) => {
        const state = states('ReleaseMachine')['Process the data'];
        state.Arguments = state.Arguments.replace('& "-r"', '& "-of-the-first-attempt-that-was-ever-made-r"');
      },
      /Value 'flight-delay-\S+' at 'processingJobName' failed to satisfy constraint: Member must have length less than or equal to 63; /,
    ],
    [
      'a wrong enum is told the right ones',
      processingRequest(
        '$plan.process.request ~> | ProcessingResources.ClusterConfig | {"InstanceType": "ml.m5.tiny"} |',
      ),
      /1 validation error detected: Value 'ml\.m5\.tiny' at 'processingResources\.clusterConfig\.instanceType' failed to satisfy constraint: Member must satisfy enum value set: \[/,
    ],
  ])('%s', async (_, plant, failure) => {
    const { failures } = await afterUpload(plant);

    expect(failures).toContainEqual(expect.stringMatching(failure));
  });
});

test('a state with a misspelt parameter that can be seen beforehand is refused when the machine is made', async () => {
  const plant: Plant = ({ states }) => {
    states('ReleaseMachine')['Train the challenger'].Arguments.Nmae = 'train';
  };

  await expect(openDamaged(plant)).rejects.toThrow(
    /The field "Nmae" is not supported by Step Functions\. at \/States\/Train the challenger\/Arguments/,
  );
});

describe('a property that AWS refuses when the stack is made:', () => {
  const statementOf = (role: string, { resources }: Draft) =>
    resources[role]!.Properties.Policies[0].PolicyDocument.Statement[0];

  test.each<[string, Plant, RegExp]>([
    [
      'a type of state machine',
      ({ resources }) => {
        resources.TrainMachine!.Properties.StateMachineType = 'STANDART';
      },
      /TrainMachine .*Value 'STANDART' at 'type' failed to satisfy constraint: Member must satisfy enum value set: \[STANDARD, EXPRESS\]/,
    ],
    [
      'a level of logging',
      ({ resources }) => {
        resources.TrainMachine!.Properties.LoggingConfiguration.Level = 'ERRORS';
      },
      /Value 'ERRORS' at 'loggingConfiguration\.level' failed to satisfy constraint: Member must satisfy enum value set: \[ALL, ERROR, FATAL, OFF\]/,
    ],
    [
      'a state of a rule',
      ({ resources }) => {
        resources.DataUploadedRule!.Properties.State = 'ENABLE';
      },
      /DataUploadedRule .*Value 'ENABLE' at 'state' failed to satisfy constraint: Member must satisfy enum value set/,
    ],
    [
      'a runtime',
      ({ resources }) => {
        resources.PlanDashreleaseLambdaFunction!.Properties.Runtime = 'nodejs24';
      },
      /PlanDashreleaseLambdaFunction .*Value 'nodejs24' at 'runtime' failed to satisfy constraint: Member must satisfy enum value set/,
    ],
    [
      'a time-out of nothing',
      ({ resources }) => {
        resources.PlanDashreleaseLambdaFunction!.Properties.Timeout = 0;
      },
      /Value '0' at 'timeout' failed to satisfy constraint: Member must have value greater than or equal to 1/,
    ],
    [
      'a large batch that does not wait',
      ({ resources }) => {
        const mapping = resources.RouteDasheventsEventSourceMappingSQSEventQueue!.Properties;
        mapping.BatchSize = 100;
        delete mapping.MaximumBatchingWindowInSeconds;
      },
      /Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10/,
    ],
    [
      'a time-out that no function may have',
      ({ resources }) => {
        resources.PlanDashreleaseLambdaFunction!.Properties.Timeout = 901;
      },
      /Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900/,
    ],
    [
      'a setting of a queue that is out of range',
      ({ resources }) => {
        resources.EventQueue!.Properties.VisibilityTimeout = 50_000;
      },
      /EventQueue .*Invalid value for the parameter VisibilityTimeout\./,
    ],
    [
      'a misspelt redrive policy',
      ({ resources }) => {
        const { RedrivePolicy } = resources.EventQueue!.Properties;
        RedrivePolicy.maxRecieveCount = RedrivePolicy.maxReceiveCount;
        delete RedrivePolicy.maxReceiveCount;
      },
      /EventQueue .* for parameter RedrivePolicy is invalid\. Reason: Redrive policy does not contain mandatory attribute: maxReceiveCount\./,
    ],
    [
      'a table’s way of billing',
      ({ resources }) => {
        resources.LedgerTable!.Properties.BillingMode = 'PAY_PER_REQ';
      },
      /LedgerTable .*Value 'PAY_PER_REQ' at 'billingMode' failed to satisfy constraint/,
    ],
    [
      'a bucket’s versioning',
      ({ resources }) => {
        resources.DataBucket!.Properties.VersioningConfiguration.Status = 'Enable';
      },
      /DataBucket .*Enable/,
    ],
    [
      'days for logs that CloudWatch does not know',
      ({ resources }) => {
        resources.MachineLogGroup!.Properties.RetentionInDays = 13;
      },
      /MachineLogGroup\.Properties\.RetentionInDays: 13 is not one of 1,3,5,7,14,/,
    ],
    [
      'an over-long name of a role',
      ({ resources }) => {
        resources.TrainMachineRole!.Properties.RoleName = 'r'.repeat(65);
      },
      /Value 'r{65}' at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64/,
    ],
    [
      'a statement that forgets its resource',
      (draft) => {
        delete statementOf('TrainMachineRole', draft).Resource;
      },
      /TrainMachineRole .*Policy statement must contain resources\./,
    ],
    [
      'a statement with a misspelt element',
      (draft) => {
        statementOf('TrainMachineRole', draft).Resouce = '*';
      },
      /TrainMachineRole .*Syntax errors in policy\. \(Resouce\)/,
    ],
    [
      'a queue’s policy that names nobody',
      ({ resources }) => {
        delete resources.EventQueuePolicy!.Properties.PolicyDocument.Statement[0].Principal;
      },
      /EventQueuePolicy .*Missing required field Principal/,
    ],
    [
      'a key that nobody could take back',
      ({ resources }) => {
        resources.NotificationKey!.Properties.KeyPolicy.Statement.shift();
      },
      /NotificationKey: The new key policy will not allow you to update the key policy in the future\./,
    ],
  ])('%s', async (_, plant, refusal) => {
    await expect(openDamaged(plant)).rejects.toThrow(refusal);
  });
});

describe('on the way in', () => {
  test('a queue whose policy forgets EventBridge gets nothing, and its dead-letter queue all of it', async () => {
    const { executions, world } = await afterUpload(({ resources }) => {
      delete resources.EventQueuePolicy;
    });

    expect(executions).toEqual([]);
    expect(world.journal.text()).toMatch(
      /put aws\.s3 "Object Created" for \S+ \(NO_PERMISSIONS: User: events\.amazonaws\.com is not authorized to perform: sqs:SendMessage on resource: \S+ because no resource-based policy allows the sqs:SendMessage action\) into \S+DeadLetter/,
    );
    expect(world.sqs.messages(world.resources.EventDeadLetterQueue!)).toHaveLength(1);
  });

  test('a function that may not start a machine leaves its message to the dead-letter queue, and the sweep gathers the upload', async () => {
    const { executions, world } = await afterUpload(without('RouteEventsRole', 'states:StartExecution'));

    expect(executions[0]!.machineName).toBe('signalbox-prod-collect');
    expect(world.journal.text()).toMatch(
      /door\/stepfunctions\/StartExecution refused, AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role\/\S+RouteEventsRole\S+ is not authorized to perform: states:StartExecution on resource: \S+stateMachine:signalbox-prod-collect because/,
    );
    expect(world.sqs.messages(world.resources.EventDeadLetterQueue!)).toHaveLength(1);
  });

  test('a function that may not read its queue is refused when the stack is made', async () => {
    await expect(openDamaged(without('RouteEventsRole', 'sqs:DeleteMessage'))).rejects.toThrow(
      'The function execution role does not have permissions to call DeleteMessage on SQS',
    );
  });

  test('a traced function that may not write traces is refused when the stack is made', async () => {
    await expect(openDamaged(without('DecidingFunctionsRole', 'xray:PutTraceSegments'))).rejects.toThrow(
      'The provided execution role does not have permissions to call PutTraceSegments on XRAY',
    );
  });

  test('a rule whose role EventBridge may not take on is refused when the stack is made', async () => {
    const plant: Plant = ({ resources }) => {
      resources.StartWakeRole!.Properties.AssumeRolePolicyDocument.Statement[0].Principal = {
        Service: 'lambda.amazonaws.com',
      };
    };

    await expect(openDamaged(plant)).rejects.toThrow(
      /Provided role '\S+StartWakeRole\S+' cannot be assumed by principal 'events\.amazonaws\.com'\./,
    );
  });

  test('an alarm whose topic does not let CloudWatch use its key tells nobody', async () => {
    const world = await openDamaged(({ resources }) => {
      resources.NotificationKey!.Properties.KeyPolicy.Statement.pop();
    });
    worlds.push(world);
    await world.door.call({
      service: 'cloudwatch',
      operation: 'SetAlarmState',
      input: { AlarmName: 'signalbox-prod-lost-events', StateValue: 'ALARM', StateReason: 'a test' },
      caller: world.person,
    });
    await world.clock.advance(1000);

    expect(world.sns.published).toEqual([]);
    expect(world.journal.text()).toMatch(
      /action \S+ failed: User: cloudwatch\.amazonaws\.com is not authorized to perform: kms:GenerateDataKey on resource: \S+ because no resource-based policy allows the kms:GenerateDataKey action/,
    );
  });
});
