import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { aslFindings } from '../../packaging/checks/asl.ts';
import { bundleFindings, LARGEST_DECIDING_BUNDLE_BYTES } from '../../packaging/checks/bundles.ts';
import { machineFindings } from '../../packaging/checks/machines.ts';
import { schemaFindings } from '../../packaging/checks/schemas.ts';
import { securityFindings } from '../../packaging/checks/security.ts';
import { danglingReferences } from '../../packaging/checks/template.ts';
import { readContracts } from '../../packaging/contracts.ts';
import { packageFolder } from '../../packaging/package.ts';
import { altered } from './support/altered.ts';
import { openDamaged, type Plant } from './support/damaged.ts';

/** A fault, and a part of what is said of it. */
type Case = [what: string, said: string, plant: Plant];

describe('the house rules for state machines find', () => {
  const cases: Case[] = [
    [
      'a function that is not there',
      'ReleaseMachine: a substitution refers to PlanDashreleaseLambdaFunction, which the template does not have',
      ({ resources }) => delete resources.PlanDashreleaseLambdaFunction,
    ],
    [
      'a state named otherwise than its function',
      '"Judge the challenger" calls functions/judge-challenger/handler.handler, but a state is named after its function: functions/judge-the-challenger/',
      ({ states }) => {
        const release = states('ReleaseMachine');
        release['Judge the challenger'] = release['Judge challenger'];
        delete release['Judge challenger'];
      },
    ],
    [
      'a job whose state is not the one that notices speak of',
      'functions/shared/errors.ts tells who can act on "Process the data", which no machine has',
      ({ states }) => {
        const release = states('ReleaseMachine');
        release['Process data'] = release['Process the data'];
        delete release['Process the data'];
      },
    ],
    [
      'a misspelt error of a service',
      '"Train on this rung" names the error SageMaker.ResourceLimitExceedException',
      ({ states }) => {
        states('TrainMachine')['Train on this rung'].Catch[0].ErrorEquals = [
          'SageMaker.ResourceLimitExceedException',
        ];
      },
    ],
    [
      'a misspelt error of our own',
      '"Plan release" names the error PlanRefuseError',
      ({ states }) => {
        states('ReleaseMachine')['Plan release'].Catch[0].ErrorEquals = ['PlanRefuseError'];
      },
    ],
    [
      'a misspelt error inside a Map',
      '"Make the alarm" names the error CloudWatch.Exception',
      ({ states }) => {
        const { States } = states('DeployMachine')['Make the alarms'].ItemProcessor;
        States['Make the alarm'].Retry[0].ErrorEquals = ['CloudWatch.Exception'];
      },
    ],
    [
      'a substitution that nobody gives',
      'TrainMachine: ${Ledger} is not among its DefinitionSubstitutions',
      ({ states }) => {
        states('TrainMachine')['Train on this rung'].Comment = '${Ledger}';
      },
    ],
    [
      'a substitution that nobody uses',
      'WakeMachine: its substitution DataBucket is used nowhere',
      ({ resources }) => {
        resources.WakeMachine!.Properties.DefinitionSubstitutions.DataBucket = 'bucket';
      },
    ],
    [
      'a Choice that asks nothing',
      '"The challenger is trained" is a Choice, so its label is a question',
      ({ states }) => {
        const train = states('TrainMachine');
        train['The challenger is trained'] = train['Is the challenger trained?'];
      },
    ],
    [
      'a Task that may take for ever',
      '"Train on this rung" is a Task without TimeoutSeconds',
      ({ states }) => delete states('TrainMachine')['Train on this rung'].TimeoutSeconds,
    ],
    [
      'a state without a Comment',
      '"Training failed" has no Comment',
      ({ states }) => delete states('TrainMachine')['Training failed'].Comment,
    ],
    [
      'a machine without a promise',
      'TrainMachine: has no Comment with its promise',
      ({ resources }) => delete resources.TrainMachine!.Properties.Definition.Comment,
    ],
    [
      'fields in another order',
      '"Training failed" has its fields in the order Type, Comment',
      ({ states }) => {
        const { Comment, Type, ...rest } = states('TrainMachine')['Training failed'];
        states('TrainMachine')['Training failed'] = { Type, Comment, ...rest };
      },
    ],
  ];

  test.each(cases)('%s', (_what, said, plant) => {
    expect(machineFindings(altered(plant)).join('\n')).toContain(said);
  });
});

describe('AWS’s language service finds', () => {
  const cases: Case[] = [
    [
      'a way to a state that is not there',
      'The value of "Next" property must be the name of an existing state',
      ({ states }) => {
        states('TrainMachine')['Train on this rung'].Next = 'Train on that rung';
      },
    ],
    [
      'a state that nobody reaches',
      'TrainMachine: The state cannot be reached',
      ({ states }) => {
        states('TrainMachine').Lost = { Comment: 'Nobody comes here.', Type: 'Succeed' };
      },
    ],
    [
      'a misspelt field',
      'Field is not supported. At: "TimeoutSecond"',
      ({ states }) => {
        states('TrainMachine')['Train on this rung'].TimeoutSecond = 60;
      },
    ],
    [
      'a null where a name belongs',
      'Incorrect type. Expected "string". At: null',
      ({ states }) => {
        states('TrainMachine')['Train on this rung'].Next = null;
      },
    ],
  ];

  test.each(cases)('%s', async (_what, said, plant) => {
    expect((await aslFindings(altered(plant))).join('\n')).toContain(said);
  });
});

describe('the reference check finds', () => {
  const cases: Case[] = [
    [
      'a role that is not there, by GetAtt',
      'Resources.TrainMachine.Properties.RoleArn: nothing in the template is called TrainMachineRole',
      ({ resources }) => delete resources.TrainMachineRole,
    ],
    [
      'a bucket that is not there, by Ref',
      'nothing in the template is called DataBucket',
      ({ resources }) => delete resources.DataBucket,
    ],
    [
      'a name that is not there, inside a Sub',
      'nothing in the template is called Bucket',
      ({ resources }) => {
        resources.LedgerTable!.Properties.TableName = { 'Fn::Sub': '${AWS::StackName}-${Bucket}-${!Kept}' };
      },
    ],
  ];

  test.each(cases)('%s', (_what, said, plant) => {
    expect(danglingReferences(altered(plant)).join('\n')).toContain(said);
  });
});

describe('the security check finds', () => {
  const cases: Case[] = [
    [
      'a bucket that is not encrypted',
      'DataBucket: is not encrypted',
      ({ resources }) => delete resources.DataBucket!.Properties.BucketEncryption,
    ],
    [
      'a bucket that is not versioned',
      'ArtifactBucket: is not versioned',
      ({ resources }) => {
        resources.ArtifactBucket!.Properties.VersioningConfiguration.Status = 'Suspended';
      },
    ],
    [
      'a bucket that may be made public',
      'DataBucket: does not block public access',
      ({ resources }) => {
        resources.DataBucket!.Properties.PublicAccessBlockConfiguration.BlockPublicPolicy = false;
      },
    ],
    [
      'a bucket that may be used without TLS',
      'DataBucket: may be used without TLS',
      ({ resources }) => delete resources.DataBucketPolicy,
    ],
    [
      'a table that is not encrypted',
      'LedgerTable: is not encrypted',
      ({ resources }) => delete resources.LedgerTable!.Properties.SSESpecification,
    ],
    [
      'a table that cannot be brought back',
      'LedgerTable: has no point-in-time recovery',
      ({ resources }) => delete resources.LedgerTable!.Properties.PointInTimeRecoverySpecification,
    ],
    [
      'a queue that is not encrypted',
      'EventQueue: is not encrypted',
      ({ resources }) => delete resources.EventQueue!.Properties.SqsManagedSseEnabled,
    ],
    [
      'a queue that loses what it cannot deliver',
      'EventQueue: has no dead-letter queue',
      ({ resources }) => delete resources.EventQueue!.Properties.RedrivePolicy,
    ],
    [
      'a topic that is not encrypted',
      'NotificationTopic: is not encrypted',
      ({ resources }) => delete resources.NotificationTopic!.Properties.KmsMasterKeyId,
    ],
    [
      'a rule that loses what it cannot deliver',
      'AlarmChangedRule: target wake has no dead-letter queue',
      ({ resources }) => delete resources.AlarmChangedRule!.Properties.Targets[0].DeadLetterConfig,
    ],
    [
      'logs that are kept for ever',
      'MachineLogGroup: keeps logs for ever',
      ({ resources }) => delete resources.MachineLogGroup!.Properties.RetentionInDays,
    ],
    [
      'a machine without an execution log',
      'TrainMachine: has no execution log',
      ({ resources }) => delete resources.TrainMachine!.Properties.LoggingConfiguration,
    ],
    [
      'a machine that logs data',
      'TrainMachine: logs inputs and outputs',
      ({ resources }) => {
        resources.TrainMachine!.Properties.LoggingConfiguration.IncludeExecutionData = true;
      },
    ],
    [
      'a machine that is not traced',
      'TrainMachine: is not traced',
      ({ resources }) => delete resources.TrainMachine!.Properties.TracingConfiguration,
    ],
    [
      'a wildcard action',
      'JobRole: grants the wildcard action s3:*',
      ({ resources }) => {
        resources.JobRole!.Properties.Policies[0].PolicyDocument.Statement[0].Action = 's3:*';
      },
    ],
    [
      'a wildcard among other actions',
      'WakeMachineRole: grants the wildcard action dynamodb:Put*',
      ({ resources }) => {
        const [statement] = resources.WakeMachineRole!.Properties.Policies[0].PolicyDocument.Statement;
        statement.Action = ['dynamodb:Query', 'dynamodb:Put*'];
      },
    ],
    [
      'a grant on every resource where one could be named',
      'StatusMachineRole: grants dynamodb:GetItem on every resource',
      ({ resources }) => {
        resources.StatusMachineRole!.Properties.Policies[0].PolicyDocument.Statement = [
          { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: ['*'] },
        ];
      },
    ],
    [
      'a schedule whose signals may get lost',
      'NightlySchedule: has no dead-letter queue',
      ({ resources }) => {
        resources.NightlySchedule = { Type: 'AWS::Scheduler::Schedule', Properties: { Target: {} } };
      },
    ],
  ];

  test.each(cases)('%s', (_what, said, plant) => {
    expect(securityFindings(altered(plant))).toContain(said);
  });
});

describe('the bundle check finds', () => {
  const bundled = (code: string) => {
    const name = `planted-${process.pid}-${code.length}`;
    writeFileSync(join(packageFolder, `${name}.zip`), zipSync({ 'handler.mjs': Buffer.from(code) }));
    try {
      return bundleFindings(
        altered(({ resources }) => {
          resources.JudgeDashchallengerLambdaFunction!.Properties.Code.S3Key = `artifacts/${name}.zip`;
        }),
      ).map((finding) => finding.replace(name, 'planted'));
    } finally {
      rmSync(join(packageFolder, `${name}.zip`));
    }
  };

  test('a deciding function that reaches the limit', () => {
    expect(bundled('a'.repeat(LARGEST_DECIDING_BUNDLE_BYTES))).toEqual([
      'planted: its bundle is 64000 bytes; a deciding function stays under 64000',
    ]);
    expect(bundled('a'.repeat(LARGEST_DECIDING_BUNDLE_BYTES - 1))).toEqual([]);
  });

  test('a deciding function with an AWS SDK', () => {
    expect(bundled('import"@aws-sdk/client-s3"')).toEqual([
      'planted: its bundle carries an AWS SDK; a deciding function calls nothing',
    ]);
  });
});

describe('the schema check finds', () => {
  interface SchemaDraft {
    $id: string;
    description?: string;
    properties: Record<string, object>;
  }

  const withFault = (name: string, plant: (schema: SchemaDraft) => void): string => {
    const contracts = structuredClone(readContracts());
    plant(contracts.find((contract) => contract.name === name)!.schema as unknown as SchemaDraft);
    return schemaFindings(contracts).join('\n');
  };

  test.each<[string, string, string, (schema: SchemaDraft) => void]>([
    [
      'a contract without a description',
      'plan',
      'schemas/plan.schema.json: has no title or description',
      (schema) => delete schema.description,
    ],
    [
      'an $id without its version',
      'plan',
      'it carries the version and ends with the file',
      (schema) => {
        schema.$id = 'https://signalbox.invalid/schemas/plan.schema.json';
      },
    ],
    [
      'a reference to nothing',
      'outcome',
      "can't resolve reference common.schema.json#/definitions/nothing",
      (schema) => {
        schema.properties.extra = { $ref: 'common.schema.json#/definitions/nothing' };
      },
    ],
    [
      'a misspelt keyword',
      'outcome',
      'unknown keyword: "maxLenght"',
      (schema) => {
        schema.properties.extra = { type: 'string', maxLenght: 3 };
      },
    ],
    [
      'a field that people write and nobody explains',
      'pipeline',
      '$.extra has no description',
      (schema) => {
        schema.properties.extra = { type: 'string', examples: ['x'] };
      },
    ],
    [
      'a field without an example',
      'release-request',
      '$.extra has no example',
      (schema) => {
        schema.properties.extra = { type: 'string', description: 'An extra.' };
      },
    ],
    [
      'an object of ours that is open',
      'pipeline',
      '$.extra is open; what we own is closed',
      (schema) => {
        schema.properties.extra = { type: 'object', description: 'An extra.', properties: {} };
      },
    ],
  ])('%s', (_what, name, said, plant) => {
    expect(withFault(name, plant)).toContain(said);
  });
});

describe('opening a world finds what no check of text can', () => {
  /** The package with a damaged template, as the local world would open it. */
  const opens = async (plant: Plant): Promise<void> => {
    const world = await openDamaged(plant);
    await world.close();
  };

  const cases: Case[] = [
    [
      'a null, which CloudFormation refuses',
      "'null' values are not allowed in templates",
      ({ states }) => {
        states('ReleaseMachine')['Check request'].Assign.verdict = null;
      },
    ],
    [
      'an expression that is no JSONata',
      'Unexpected end of expression at /States/Check request/Assign/release',
      ({ states }) => {
        states('ReleaseMachine')['Check request'].Assign.release = '{% $states.result. %}';
      },
    ],
    [
      'a field of JSONPath',
      'ResultPath',
      ({ states }) => {
        states('ReleaseMachine')['Check request'].ResultPath = '$.result';
      },
    ],
  ];

  test.each(cases)('%s', async (_what, said, plant) => {
    await expect(opens(plant)).rejects.toThrow(said);
  });

  test('nothing in the package as it is', async () => {
    await expect(opens(() => undefined)).resolves.toBeUndefined();
  });
});
