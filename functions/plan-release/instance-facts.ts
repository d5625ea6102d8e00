/**
 * How many processors and GPUs an instance has. SageMaker's `CPUUtilization`
 * goes up to 100 % for each vCPU and its GPU metrics up to 100 % for each GPU,
 * so a limit in percent of the whole machine needs these numbers.
 * Source: SageMaker developer guide, "Metrics for monitoring SageMaker AI with Amazon CloudWatch".
 */

/** A size tells the vCPUs, with few exceptions: large 2, xlarge 4, <n>xlarge 4n. */
const ODD_VCPUS: Readonly<Record<string, number>> = {
  't2.medium': 2,
  'c4.8xlarge': 36,
};

const VCPUS_OF_SIZE: Readonly<Record<string, number>> = { medium: 1, large: 2, xlarge: 4 };

/** GPUs by family and size; `*` is every size that is not named. */
const GPUS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  p2: { xlarge: 1, '8xlarge': 8, '16xlarge': 16 },
  p3: { '2xlarge': 1, '8xlarge': 4, '16xlarge': 8 },
  p4d: { '24xlarge': 8 },
  p4de: { '24xlarge': 8 },
  p5: { '4xlarge': 1, '48xlarge': 8 },
  p5e: { '48xlarge': 8 },
  p5en: { '48xlarge': 8 },
  'p6-b200': { '48xlarge': 8 },
  'p6-b300': { '48xlarge': 8 },
  'p6e-gb200': { '36xlarge': 4 },
  g4dn: { '12xlarge': 4, '*': 1 },
  g5: { '12xlarge': 4, '24xlarge': 4, '48xlarge': 8, '*': 1 },
  g6: { '12xlarge': 4, '24xlarge': 4, '48xlarge': 8, '*': 1 },
  g6e: { '12xlarge': 4, '24xlarge': 4, '48xlarge': 8, '*': 1 },
};

/** Every family of instances whose letters say that it has GPUs; those that are not in the table are unknown. */
const HAS_GPUS = /^[pg]\d/;

/** @returns undefined for a size that tells nothing, `metal` for one */
export function vcpusOf(instanceType: string): number | undefined {
  const [family, size] = partsOf(instanceType);
  const many = /^(\d+)xlarge$/.exec(size)?.[1];
  return ODD_VCPUS[`${family}.${size}`] ?? (many === undefined ? VCPUS_OF_SIZE[size] : 4 * Number(many));
}

/** @returns 0 for an instance without; undefined for one that has GPUs, but how many is not known here */
export function gpusOf(instanceType: string): number | undefined {
  const [family, size] = partsOf(instanceType);
  if (!HAS_GPUS.test(family)) return 0;
  return GPUS[family]?.[size] ?? GPUS[family]?.['*'];
}

/** Graviton has a g behind its number; Grace has it in its name. */
export const isArm = (instanceType: string): boolean => /^([a-z]\d+g|p6e-gb)/.test(familyOf(instanceType));

/** `ml.c5.large` → `c5`. */
export const familyOf = (instanceType: string): string => partsOf(instanceType)[0];

function partsOf(instanceType: string): [family: string, size: string] {
  const [, family = '', size = ''] = instanceType.split('.');
  return [family, size];
}
