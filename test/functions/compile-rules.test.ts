import { planRelease } from '../../functions/plan-release/plan-release.ts';
import { compileRequest, runtime } from './support/requests.ts';

const input = { input0: [1, 3, 224, 224] };

const attempt = (compile: object, instanceType?: string) => () =>
  planRelease(compileRequest(compile, instanceType));

const linux = { framework: 'XGBOOST', image: runtime.reference };
const nvidia = {
  platform: { os: 'LINUX', arch: 'X86_64', accelerator: 'NVIDIA' },
  options: { 'gpu-code': 'sm_72', 'trt-ver': '6.0.1', 'cuda-ver': '10.1' },
};

describe('a compilation is planned', () => {
  test.each([
    [{ framework: 'XGBOOST', target: 'ml_c5' }, 'ml.c5.large'],
    [{ framework: 'ONNX', input, target: 'ml_m5' }, 'ml.m5.4xlarge'],
    [{ framework: 'PYTORCH', frameworkVersion: '2.0', input, target: 'ml_g4dn' }, 'ml.g4dn.xlarge'],
    [{ framework: 'TENSORFLOW', frameworkVersion: '2.9', input, target: 'ml_c6g' }, 'ml.c6g.large'],
    [{ framework: 'MXNET', input, target: 'ml_p3' }, 'ml.p3.2xlarge'],
    [{ framework: 'PYTORCH', frameworkVersion: '2.0', target: 'ml_c5' }, 'ml.c5.large'],
    [{ framework: 'PYTORCH', frameworkVersion: '1.9', input, target: 'ml_inf2' }, 'ml.inf2.xlarge'],
    [{ ...linux, platform: { os: 'LINUX', arch: 'X86_64' } }, 'ml.c5.large'],
    [{ ...linux, platform: { os: 'LINUX', arch: 'ARM64' } }, 'ml.r8g.medium'],
    [{ ...linux, ...nvidia }, 'ml.g5.xlarge'],
  ])('%j on %s', (compile, type) => {
    expect(attempt(compile, type)).not.toThrow();
  });
});

describe('a compilation is refused before anything is trained', () => {
  test.each([
    [
      'without a target',
      { framework: 'XGBOOST' },
      '$.overrides.compile has neither target nor platform; give exactly one',
    ],
    [
      'with a target and a platform',
      { framework: 'XGBOOST', target: 'ml_c5', ...nvidia },
      '$.overrides.compile has target and platform',
    ],
    [
      'without the input of its framework',
      { framework: 'ONNX', target: 'ml_c5' },
      '$.overrides.compile.input is missing; Neo needs name and shape of each input of ONNX',
    ],
    [
      'with an input too long for Neo',
      { framework: 'ONNX', target: 'ml_c5', input: { x: 'x'.repeat(16_377) } },
      '$.overrides.compile.input is 16385 characters long as JSON; at most 16384 are taken (SageMaker API, DataInputConfig)',
    ],
    [
      'with options too long for Neo',
      { framework: 'XGBOOST', target: 'ml_c5', options: { x: 'x'.repeat(1020) } },
      '$.overrides.compile.options is 1028 characters long',
    ],
    [
      'for a device at the edge',
      { framework: 'XGBOOST', target: 'jetson_nano' },
      '$.compile.target is jetson_nano, which is no instance of an endpoint (SageMaker guide, “Neo: Supported Instance Types and Frameworks”); choose one of ml_c4,',
    ],
    [
      'for a target that Neo does not know',
      { framework: 'XGBOOST', target: 'ml_c7' },
      '$.compile.target is ml_c7, which is no instance',
    ],
    [
      'for another family than serves',
      { framework: 'XGBOOST', target: 'ml_m5' },
      '$.compile.target is ml_m5, and deploy.instances.type is ml.c5.large',
    ],
    [
      'of a framework for the edge alone',
      { framework: 'DARKNET', input, target: 'ml_c5' },
      '$.compile.framework is DARKNET, which Neo does not compile for instances of an endpoint',
    ],
    [
      'of a framework that Neo lists nowhere',
      { framework: 'SKLEARN', input, target: 'ml_c5' },
      '$.compile.framework is SKLEARN, which Neo does not compile',
    ],
    [
      'of a version that Neo does not know',
      { framework: 'PYTORCH', frameworkVersion: '2.4', input, target: 'ml_c5' },
      '$.compile.frameworkVersion is 2.4, which Neo does not compile (SageMaker guide, “Neo: Supported Instance Types and Frameworks”): give one of 1.4,',
    ],
    [
      'of no version where there are several',
      { framework: 'TENSORFLOW', input, target: 'ml_c5' },
      '$.compile.frameworkVersion is missing; Neo would choose a version by itself',
    ],
    [
      'with a version that Neo takes none of',
      { framework: 'XGBOOST', frameworkVersion: '1.3.3', target: 'ml_c5' },
      '$.compile.frameworkVersion is 1.3.3; Neo takes none for XGBOOST (SageMaker API, InputConfig): leave it out',
    ],
    [
      'for a platform that no endpoint has',
      { ...linux, platform: { os: 'ANDROID', arch: 'ARM64' } },
      '$.compile.platform.os is ANDROID; instances of an endpoint run LINUX; $.compile.platform.arch is ARM64, and ml.c5.large is X86_64',
    ],
    [
      'for a GPU that is not there',
      { ...linux, ...nvidia },
      '$.compile.platform.accelerator is NVIDIA, which ml.c5.large does not have',
    ],
    [
      'for an accelerator of other machines',
      { ...linux, platform: { os: 'LINUX', arch: 'X86_64', accelerator: 'MALI' } },
      '$.compile.platform.accelerator is MALI',
    ],
    [
      'for a platform of which Neo names no image',
      { framework: 'XGBOOST', platform: { os: 'LINUX', arch: 'X86_64' } },
      '$.compile.image is missing; Neo names an image for targets alone',
    ],
  ])('%s', (_, compile, message) => {
    expect(attempt(compile)).toThrow(message);
  });

  test('for NVIDIA without what NVIDIA needs', () => {
    const { platform } = nvidia;

    expect(attempt({ ...linux, platform, options: { 'gpu-code': 'sm_72' } }, 'ml.g4dn.xlarge')).toThrow(
      '$.compile.options lacks trt-ver, cuda-ver, which NVIDIA needs (SageMaker API, CompilerOptions)',
    );
  });

  test('for Inferentia from a framework that its compiler does not take, or with options', () => {
    const target = 'ml_inf2';

    expect(attempt({ framework: 'MXNET', input, target }, 'ml.inf2.xlarge')).toThrow(
      '$.compile.framework is MXNET, which Neo does not compile for ml_inf2',
    );
    expect(
      attempt(
        { framework: 'PYTORCH', frameworkVersion: '1.9', input, target, options: { dtype: 'float32' } },
        'ml.inf2.xlarge',
      ),
    ).toThrow('$.compile.options makes no sense for ml_inf2');
  });
});
