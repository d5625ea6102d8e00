import { planRelease } from '../../functions/plan-release/plan-release.ts';
import type { CompilePlan } from '../../functions/shared/generated/contracts.ts';
import { compileRequest, planned, runtime } from './support/requests.ts';

const planOf = (compile: object, instanceType?: string): CompilePlan =>
  planRelease(compileRequest(compile, instanceType)).compile!;

describe('the plan of a compilation', () => {
  test('is Neo’s request but for the model and the place of the job', () => {
    const { name, timeoutSeconds, onFailure, request } = planOf({ framework: 'XGBOOST', target: 'ml_c5' });

    expect({ timeoutSeconds, onFailure }).toEqual({ timeoutSeconds: 5400, onFailure: 'fail' });
    expect(name).toMatch(/^flight-delay-2603020900-[0-9a-f]{8}-compile$/);
    expect(request).toEqual({
      RoleArn: 'arn:aws:iam::123456789012:role/signalbox-jobs',
      InputConfig: { Framework: 'XGBOOST' },
      OutputConfig: {
        S3OutputLocation: `s3://signalbox-artifacts/flight-delay/${name.replace('-compile', '')}/compiled`,
        TargetDevice: 'ml_c5',
      },
      StoppingCondition: { MaxRuntimeInSeconds: 1800 },
      Tags: expect.arrayContaining([{ Key: 'signalbox:pipeline', Value: 'flight-delay' }]),
    });
  });

  test('writes shapes and options as JSON inside a text', () => {
    const { request } = planOf(
      {
        framework: 'PYTORCH',
        frameworkVersion: '2.0',
        input: { input0: [1, 3, 224, 224] },
        platform: { os: 'LINUX', arch: 'X86_64', accelerator: 'NVIDIA' },
        options: { 'gpu-code': 'sm_72', 'trt-ver': '6.0.1', 'cuda-ver': '10.1' },
        image: runtime.reference,
      },
      'ml.g4dn.xlarge',
    );

    expect(request).toMatchObject({
      InputConfig: {
        Framework: 'PYTORCH',
        FrameworkVersion: '2.0',
        DataInputConfig: '{"input0":[1,3,224,224]}',
      },
      OutputConfig: {
        TargetPlatform: { Os: 'LINUX', Arch: 'X86_64', Accelerator: 'NVIDIA' },
        CompilerOptions: '{"gpu-code":"sm_72","trt-ver":"6.0.1","cuda-ver":"10.1"}',
      },
    });
  });

  test('pins the image that the pipeline names, and leaves the choice to Neo where it names none', () => {
    const block = { framework: 'XGBOOST', target: 'ml_c5' };

    expect(planOf({ ...block, image: runtime.reference }).image).toMatch(
      new RegExp(`/flight-delay-runtime@${runtime.digest}$`),
    );
    expect(planOf(block).image).toBeNull();
  });

  test('is null where nothing is compiled', () => {
    expect(planned().compile).toBeNull();
  });
});
