import { releaseId } from '../../functions/check-request/check-request.ts';
import { checked, digest, executionArn } from './support/requests.ts';

describe('a release request', () => {
  test('needs no more than the name of a pipeline', () => {
    const { release, pipeline, lookups } = checked({ pipeline: 'flight-delay' });

    expect(release).toMatchObject({
      pipeline: 'flight-delay',
      trigger: { kind: 'manual' },
      failUnlessLive: false,
    });
    expect(pipeline.train.maxRuntimeSeconds).toBe(14400);
    expect(lookups).toEqual({
      endpoint: 'flight-delay',
      build: null,
      images: [
        {
          reference: 'flight-delay:stable',
          registryId: '123456789012',
          repository: 'flight-delay',
          imageId: { ImageTag: 'stable' },
        },
      ],
    });
  });

  test('of an unknown pipeline lists the known ones and the one that was probably meant', () => {
    expect(() => checked({ pipeline: 'flight-dealy' })).toThrow(
      '$.pipeline is "flight-dealy"; did you mean flight-delay? Known pipelines: flight-delay.',
    );
  });

  test('with unknown and misspelt fields is refused with every path', () => {
    const attempt = () => checked({ pipelin: 'flight-delay', failUnlessLive: 'yes' });

    expect(attempt).toThrow('$.pipeline is missing');
    expect(attempt).toThrow('$.pipelin is not a known field; did you mean pipeline?');
    expect(attempt).toThrow('$.failUnlessLive is "yes"; must be of type boolean');
  });

  test('names the field that begins alike when more letters are missing than are wrong', () => {
    const overrides = { train: { hyperparams: { epochs: 20 } } };

    expect(() => checked({ pipeline: 'flight-delay', overrides })).toThrow(
      '$.overrides.train.hyperparams is not a known field; did you mean hyperparameters?',
    );
  });

  test.each([null, 7, 'flight-delay', []])('that is %j instead of an object is refused', (request) => {
    expect(() => checked(request)).toThrow('must be of type object');
  });

  test('merges its overrides over the pipeline, field by field', () => {
    const { pipeline } = checked({
      pipeline: 'flight-delay',
      overrides: { train: { hyperparameters: { epochs: 20 } } },
    });

    expect(pipeline.train.hyperparameters).toEqual({ epochs: 20, learningRate: 0.05 });
    expect(pipeline.train.instances.type).toBe('ml.m5.xlarge');
  });

  test('takes no field from an override that would be a prototype', () => {
    const { pipeline } = checked(
      JSON.parse('{"pipeline": "flight-delay", "overrides": {"train": {"__proto__": {"image": "other:1"}}}}'),
    );

    expect((pipeline as { train: { image?: string } }).train.image).toBeUndefined();
  });

  test('with overrides that make an invalid pipeline names the path under overrides', () => {
    expect(() =>
      checked({ pipeline: 'flight-delay', overrides: { deploy: { instances: { count: 1 } } } }),
    ).toThrow('$.overrides.deploy.instances.count is 1; a canary needs at least 2 instances');
  });

  test('cannot rename the pipeline by an override', () => {
    expect(() => checked({ pipeline: 'flight-delay', overrides: { name: 'other' } })).toThrow(
      '$.overrides.name cannot be overridden',
    );
  });

  test('does not let an override reach an object prototype', () => {
    const overrides = JSON.parse('{"__proto__": {"polluted": true}}');

    checked({ pipeline: 'flight-delay', overrides });

    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('from a pushed image pins the digest that was pushed, not what the tag says later', () => {
    const trigger = { kind: 'image', repository: 'flight-delay', tag: 'stable', digest };

    const { lookups } = checked({ pipeline: 'flight-delay', trigger });

    expect(lookups.images[0]?.imageId).toEqual({ ImageDigest: digest });
  });

  test('may carry the link that Step Functions adds to nested executions', () => {
    expect(
      checked({ pipeline: 'flight-delay', AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: executionArn }).release
        .pipeline,
    ).toBe('flight-delay');
  });
});

describe('a release id', () => {
  test('is short enough for every name made from it, whatever the pipeline is called', () => {
    const id = releaseId(`${'a'.repeat(23)}-${'b'.repeat(39)}`, '2026-03-02T09:00:00.000Z', executionArn);

    expect(id).toMatch(/^[a-z0-9](-?[a-z0-9])*$/);
    expect(`${id}-eval-challenger-r9t9`.length).toBeLessThanOrEqual(63);
  });

  test('differs between executions of the same minute', () => {
    const at = '2026-03-02T09:00:00.000Z';

    expect(releaseId('a', at, executionArn)).not.toBe(releaseId('a', at, `${executionArn}2`));
  });
});

describe('the image that serves a compiled model', () => {
  const withCompile = (compile: object) =>
    checked({
      pipeline: 'flight-delay',
      overrides: { compile: { framework: 'XGBOOST', target: 'ml_c5', ...compile } },
    }).lookups.images.map(({ reference }) => reference);

  test('is looked up like the others', () => {
    expect(withCompile({ image: 'flight-delay-runtime:1' })).toEqual([
      'flight-delay:stable',
      'flight-delay-runtime:1',
    ]);
  });

  test('is Neo’s to name where the pipeline does not', () => {
    expect(withCompile({})).toEqual(['flight-delay:stable']);
  });
});

test('an image of another account or region is refused before anything is looked up', () => {
  const image = '999999999999.dkr.ecr.eu-west-1.amazonaws.com/flight-delay:stable';

  expect(() => checked({ pipeline: 'flight-delay', overrides: { image } })).toThrow(
    "jobs may pull only from this account's registry in eu-west-1",
  );
  expect(() =>
    checked({
      pipeline: 'flight-delay',
      overrides: { image: image.replace('999999999999', '123456789012') },
    }),
  ).not.toThrow();
});
