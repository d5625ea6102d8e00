import type { Fault } from '#shared/faults.ts';
import type { ResolvedPipeline } from '#shared/pipeline.ts';
import { guide } from '#shared/shift-rules.ts';
import { familyOf, gpusOf, isArm } from './instance-facts.ts';

type Compile = NonNullable<ResolvedPipeline['compile']>;

const SUPPORTED = guide('Neo: Supported Instance Types and Frameworks');

/** What Neo compiles for processors and GPUs of SageMaker, in which versions; without one where it asks for none. */
const FRAMEWORKS: Readonly<Record<string, readonly string[]>> = {
  MXNET: ['1.8', '1.8.0'],
  ONNX: [],
  KERAS: [],
  PYTORCH: ['1.4', '1.5', '1.6', '1.7', '1.8', '1.12', '1.13', '2.0'],
  TENSORFLOW: ['1.15', '1.15.3', '2.9'],
  XGBOOST: [],
};

/** Inferentia and Trainium have compilers of their own, for versions of their own. */
const NEURON: Readonly<Record<string, readonly string[]>> = {
  ml_inf1: ['MXNET', 'PYTORCH', 'TENSORFLOW'],
  ml_inf2: ['PYTORCH', 'TENSORFLOW'],
  ml_trn1: ['PYTORCH', 'TENSORFLOW'],
};

/** Neo names many devices; these are instances that an endpoint can have. */
const TARGETS = [
  ...['ml_c4', 'ml_c5', 'ml_c6g', 'ml_m4', 'ml_m5', 'ml_m6g', 'ml_p2', 'ml_p3', 'ml_g4dn'],
  ...Object.keys(NEURON),
];

/** What Neo would refuse, after a training that has cost money, or compile for a machine that is not there. */
export function compileFaults({ compile, deploy }: ResolvedPipeline): Fault[] {
  if (compile === undefined) return [];
  return [
    ...targetFaults(compile, deploy.instances.type),
    ...platformFaults(compile, deploy.instances.type),
    ...frameworkFaults(compile),
    ...neuronFaults(compile),
  ].map(({ path, message }) => ({ path: `$.compile.${path}`, message }));
}

function targetFaults({ target }: Compile, type: string): Fault[] {
  if (target === undefined) return [];
  if (!TARGETS.includes(target)) {
    return [
      {
        path: 'target',
        message: `is ${target}, which is no instance of an endpoint${SUPPORTED}; choose one of ${TARGETS.join(', ')}`,
      },
    ];
  }
  const family = target.slice('ml_'.length);
  return familyOf(type) === family
    ? []
    : [
        {
          path: 'target',
          message: `is ${target}, and deploy.instances.type is ${type}: what is compiled for one family need not run on another (SageMaker guide, “Neo: Deploy a Model”): choose ml.${family}.*, or the target of ${type}`,
        },
      ];
}

/** An endpoint's instances run Linux on one of two processors. */
function platformFaults({ platform, options = {}, image }: Compile, type: string): Fault[] {
  if (platform === undefined) return [];
  const { os, arch, accelerator } = platform;
  const needed = isArm(type) ? 'ARM64' : 'X86_64';
  const faults: Fault[] = [];
  if (os !== 'LINUX')
    faults.push({ path: 'platform.os', message: `is ${os}; instances of an endpoint run LINUX` });
  if (arch !== needed) {
    faults.push({
      path: 'platform.arch',
      message: `is ${arch}, and ${type} is ${needed}: make them one`,
    });
  }
  if (accelerator !== undefined && (accelerator !== 'NVIDIA' || gpusOf(type) === 0)) {
    faults.push({
      path: 'platform.accelerator',
      message: `is ${accelerator}, which ${type} does not have: leave it out, or choose an instance that has it`,
    });
  }
  const missing = ['gpu-code', 'trt-ver', 'cuda-ver'].filter((name) => options[name] === undefined);
  if (accelerator === 'NVIDIA' && missing.length > 0) {
    faults.push({
      path: 'options',
      message: `lacks ${missing.join(', ')}, which NVIDIA needs (SageMaker API, CompilerOptions)`,
    });
  }
  if (image === undefined) {
    faults.push({
      path: 'image',
      message: `is missing; Neo names an image for targets alone${guide('Neo: Inference Container Images')}: give the one that serves the compiled model, or a target instead of the platform`,
    });
  }
  return faults;
}

function frameworkFaults({ framework, frameworkVersion, target = '' }: Compile): Fault[] {
  const versions = FRAMEWORKS[framework];
  const known = NEURON[target] ?? Object.keys(FRAMEWORKS);
  if (versions === undefined || !known.includes(framework)) {
    const where = versions === undefined ? 'instances of an endpoint' : target;
    return [
      {
        path: 'framework',
        message: `is ${framework}, which Neo does not compile for ${where}${SUPPORTED}: choose one of ${known.join(', ')}, or leave compile out`,
      },
    ];
  }
  const path = 'frameworkVersion';
  if (versions.length === 0) {
    return frameworkVersion === undefined
      ? []
      : [
          {
            path,
            message: `is ${frameworkVersion}; Neo takes none for ${framework} (SageMaker API, InputConfig): leave it out`,
          },
        ];
  }
  // Neuron compilers follow versions of their own, which AWS tells with each of them.
  const those = NEURON[target] === undefined ? `one of ${versions.join(', ')}` : `one of ${target}'s`;
  if (frameworkVersion === undefined) {
    return framework === 'MXNET'
      ? []
      : [{ path, message: `is missing; Neo would choose a version by itself${SUPPORTED}: give ${those}` }];
  }
  return NEURON[target] !== undefined || versions.includes(frameworkVersion)
    ? []
    : [
        {
          path,
          message: `is ${frameworkVersion}, which Neo does not compile${SUPPORTED}: give ${those}, or leave compile out`,
        },
      ];
}

function neuronFaults({ target = '', options }: Compile): Fault[] {
  if (options === undefined || NEURON[target] === undefined) return [];
  return [
    {
      path: 'options',
      message: `makes no sense for ${target}, whose compiler takes a command line (SageMaker API, CompilerOptions): leave it out`,
    },
  ];
}
