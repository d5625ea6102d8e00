import type { Job } from '../../local/services/codepipeline/job.ts';
import type { ActionDeclaration, PipelineDeclaration } from '../../local/services/codepipeline/pipeline.ts';
import type {
  ActionRun,
  StepFunctionsConfiguration,
} from '../../local/services/codepipeline/step-functions-action.ts';
import { buildTemplate } from '../../local/template/build-template.ts';
import { exampleTemplate } from '../examples/support/example.ts';
import { ENDPOINT, openStory, type Story, type StoryOptions } from './support/story.ts';
import { test } from './support/test.ts';

const COMMIT = '0f1e2d3c4b5a69788796a5b4c3d2e1f001234567';

/** A pipeline made from its example, beside the stack, at the action that asks for the release. */
class Stage {
  readonly story: Story;
  readonly #pipeline: PipelineDeclaration;
  readonly #outputBucket: string;
  readonly #execution: string;

  constructor(story: Story, pipeline: PipelineDeclaration, outputBucket: string, execution: string) {
    this.story = story;
    this.#pipeline = pipeline;
    this.#outputBucket = outputBucket;
    this.#execution = execution;
  }

  static async open(example: string, options: StoryOptions = {}): Promise<Stage> {
    const story = await openStory(options);
    const { resources } = await buildTemplate(
      story.world,
      exampleTemplate(`codepipeline/${example}.yaml`, {
        ConnectionArn: 'arn:aws:codeconnections:eu-west-1:123456789012:connection/aEXAMPLE-8aad',
        Repository: 'you/flight-delay-model',
      }),
    );
    const pipeline = story.world.codepipeline.pipelines.get(resources.Pipeline!)!;
    // The stage before it has built the commit.
    story.pushImage('built', COMMIT);
    return new Stage(story, pipeline, resources.ArtifactBucket!, 'e-1');
  }

  /** What a pipeline does when it comes to the stage, or comes to it again. */
  runStepFunctions(): Promise<ActionRun> {
    const run = this.story.world.codepipeline.startStepFunctionsAction({
      configuration: this.#action.configuration as unknown as StepFunctionsConfiguration,
      variables: this.#variables,
      roleArn: this.#pipeline.roleArn,
      outputArtifact: {
        name: 'ReleaseOut',
        bucketName: this.#outputBucket,
        objectKey: 'flight-delay/ReleaseOut/1',
      },
    });
    return this.#ended(run);
  }

  runLambda(parameters = this.#action.configuration!.UserParameters!): Promise<Job> {
    const job = this.story.world.codepipeline.invoke({
      functionName: this.#action.configuration!.FunctionName!,
      userParameters: parameters,
      variables: this.#variables,
      roleArn: this.#pipeline.roleArn,
    });
    return this.#ended(job);
  }

  async output(): Promise<{ outcome: string }> {
    const { door, person } = this.story.world;
    const { Body } = (await door.call({
      service: 's3',
      operation: 'GetObject',
      input: { Bucket: this.#outputBucket, Key: 'flight-delay/ReleaseOut/1' },
      caller: person,
    })) as { Body: Uint8Array };
    return JSON.parse(Buffer.from(Body).toString());
  }

  get #action(): ActionDeclaration {
    return this.#pipeline.stages.at(-1)!.actions[0]!;
  }

  get #variables(): Record<string, string> {
    return { 'codepipeline.PipelineExecutionId': this.#execution, 'Source.CommitId': COMMIT };
  }

  async #ended<Run extends { readonly status: string }>(run: Run): Promise<Run> {
    await this.story.world.clock.runUntil(() => run.status !== 'InProgress');
    return run;
  }
}

const worse = {
  metrics: { challenger: { auc: 0.51, logLoss: 0.4 }, champion: { auc: 0.69, logLoss: 0.41 } },
};

describe('as CodePipeline’s Step Functions action', () => {
  test('a release goes live on the commit’s own image, and its outcome is the output artifact', async () => {
    const stage = await Stage.open('step-functions-action');

    const run = await stage.runStepFunctions();

    expect(run).toMatchObject({ status: 'Succeeded' });
    const release = await stage.story.releasedAs(run.executionArn!);
    expect(release).toMatchObject({
      outcome: 'LIVE',
      detail: {
        release: {
          commit: COMMIT,
          trigger: { kind: 'codepipeline', pipelineExecutionId: 'e-1' },
        },
      },
    });
    expect(await stage.output()).toMatchObject({ outcome: 'LIVE' });
  });

  test('a release that is rejected turns the stage red with the reason', async () => {
    const stage = await Stage.open('step-functions-action', worse);

    const run = await stage.runStepFunctions();

    expect(run.status).toBe('Failed');
    expect(run.failure!.message).toContain('auc');
  });

  test('a stage that is retried after a failure makes the release that failed before', async () => {
    const stage = await Stage.open('step-functions-action', {
      containers: { process: { exitCode: 1, message: 'no space left' } },
    });
    const first = await stage.runStepFunctions();
    expect(first.status).toBe('Failed');
    stage.story.play({ containers: {} });

    const second = await stage.runStepFunctions();

    expect(second.status).toBe('Succeeded');
    expect(second.executionArn).not.toBe(first.executionArn);
  });

  test('a stage that is run again makes no second release of what is live', async () => {
    const stage = await Stage.open('step-functions-action');
    await stage.runStepFunctions();
    const before = await stage.story.serving();

    const again = await stage.runStepFunctions();

    expect(again.status).toBe('Succeeded');
    expect(await stage.story.serving()).toEqual(before);
  });
});

describe('as CodePipeline’s Lambda action', () => {
  test('a release goes live, and tells its outcome as variables', async () => {
    const stage = await Stage.open('lambda-action');

    const job = await stage.runLambda();

    const { endpoint } = await stage.story.serving();
    expect(job).toMatchObject({
      status: 'Succeeded',
      outputVariables: { outcome: 'LIVE', endpoint: ENDPOINT, config: endpoint!.config },
      executionDetails: { percentComplete: 100 },
    });
    expect(job.calls).toBeGreaterThan(2);
  });

  test('a release that is rejected turns the stage red with the reason, also when it is retried', async () => {
    const stage = await Stage.open('lambda-action', worse);

    const first = await stage.runLambda();
    const second = await stage.runLambda();

    for (const { failure } of [first, second]) {
      expect(failure).toMatchObject({ type: 'JobFailed' });
      expect(failure!.message).toMatch(/is REJECTED: .*auc/);
    }
    expect(second.failure!.message).toBe(first.failure!.message);
  });

  test('parameters that cannot be read are told with the path of the field, and start nothing', async () => {
    const stage = await Stage.open('lambda-action');

    const job = await stage.runLambda('{"pipeline":"flight-delay","pipelineExecutionId":7}');

    expect(job.failure).toMatchObject({ type: 'ConfigurationError' });
    expect(job.failure!.message).toContain('$.pipelineExecutionId is 7');
    expect(stage.story.executions('release')).toEqual([]);
  });

  test('the credentials that come with a job are in nobody’s log', async () => {
    const stage = await Stage.open('lambda-action', worse);
    const told: string[] = [];
    stage.story.play({
      fault: ({ operation, input }) => {
        if (operation === 'Invoke') told.push((input as { Payload: string }).Payload);
        return undefined;
      },
    });

    const job = await stage.runLambda();

    const [{ artifactCredentials }] = told
      .filter((payload) => payload.includes('"CodePipeline.job"'))
      .map((payload) => JSON.parse(payload)['CodePipeline.job'].data) as [
      { artifactCredentials: { accessKeyId: string } },
    ];
    const { logs } = stage.story.world.lambda.function(job.action.functionName);
    expect(logs.join('\n')).toContain(job.id);
    for (const word of [artifactCredentials.accessKeyId, 'artifactCredentials', 'sessionToken']) {
      expect(logs.join('\n')).not.toContain(word);
    }
  });

  test('a job whose call is doubled makes one release', async () => {
    const stage = await Stage.open('lambda-action', {
      faults: [
        { service: 'lambda', operation: 'Invoke', on: '*complete-codepipeline-job', kind: 'twice', call: 1 },
        {
          service: 'stepfunctions',
          operation: 'StartExecution',
          by: '*Complete*',
          kind: 'lose-answer',
          call: 1,
        },
      ],
    });

    const job = await stage.runLambda();

    expect(job.status).toBe('Succeeded');
    expect(stage.story.executions('release')).toHaveLength(1);
  });
});
