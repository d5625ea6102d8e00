import type { Fault } from './faults.ts';
import type { ResolvedPipeline } from './pipeline.ts';

type Compile = NonNullable<ResolvedPipeline['compile']>;

/** SageMaker's limits for the texts that input and options become. */
const LONGEST_INPUT = 16_384;
const LONGEST_OPTIONS = 1024;

/** What a compilation may not say, on whatever instance it is to serve. */
export function compileRuleFaults({ compile }: ResolvedPipeline): Fault[] {
  if (compile === undefined) return [];
  const { framework, target, platform, input, options } = compile;
  const path = '$.compile';
  const faults: Fault[] = [];
  if ((target === undefined) === (platform === undefined)) {
    faults.push({
      path,
      message: `has ${target === undefined ? 'neither target nor platform' : 'target and platform'}; give exactly one (SageMaker API, OutputConfig)`,
    });
  }
  if (input === undefined && !tellsItsInput(compile)) {
    faults.push({
      path: `${path}.input`,
      message: `is missing; Neo needs name and shape of each input of ${framework}, for example {input0: [1, 3, 224, 224]} (SageMaker API, DataInputConfig)`,
    });
  }
  return [
    ...faults,
    ...lengthFaults(`${path}.input`, input, LONGEST_INPUT, 'DataInputConfig'),
    ...lengthFaults(`${path}.options`, options, LONGEST_OPTIONS, 'CompilerOptions'),
  ];
}

/** Trees need no shape, and PyTorch 2 brings it along where Neo knows the instance. */
const tellsItsInput = ({ framework, frameworkVersion = '', target }: Compile): boolean =>
  framework === 'XGBOOST' || (framework === 'PYTORCH' && frameworkVersion >= '2' && target !== undefined);

/** SageMaker takes both as JSON in a text. */
function lengthFaults(path: string, value: object | undefined, most: number, rule: string): Fault[] {
  const { length } = JSON.stringify(value ?? {});
  if (length <= most) return [];
  return [
    {
      path,
      message: `is ${length} characters long as JSON; at most ${most} are taken (SageMaker API, ${rule})`,
    },
  ];
}
