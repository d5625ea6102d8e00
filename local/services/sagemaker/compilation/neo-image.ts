import type { CompilationRequest, Framework } from './requests.ts';

/**
 * The image that Neo names for a compiled model: `DescribeCompilationJob.InferenceImage`.
 * Devices and platforms outside SageMaker have none.
 *
 * Sources: SageMaker developer guide, "Neo inference container images"; AWS's SageMaker Python SDK, `image_uri_config`.
 */
export function neoImage(
  { InputConfig, OutputConfig }: CompilationRequest,
  region: string,
): string | undefined {
  const device = OutputConfig.TargetDevice ?? '';
  const kind = KINDS.find(([pattern]) => pattern.test(device))?.[1];
  const account = ACCOUNTS[region];
  if (kind === undefined || account === undefined) return undefined;
  const { Framework: framework, FrameworkVersion: version } = InputConfig!;
  const home = `${account}.dkr.ecr.${region}.amazonaws.com`;
  // One image for all versions and instances.
  if (framework === 'XGBOOST') return `${home}/xgboost-neo:latest`;
  const repository = kind === 'inf' ? `sagemaker-neo-${framework.toLowerCase()}` : REPOSITORIES[framework];
  if (repository === undefined) return undefined;
  const runtime = version === undefined ? USUAL_VERSIONS[framework] : (RUNTIMES[version] ?? version);
  return `${home}/${repository}:${runtime}-${kind}-py3`;
}

/** Instance families by what computes in them. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^ml_(m4|m5|m6g|c4|c5|c6g)$/, 'cpu'],
  [/^ml_(p2|p3|g4dn)$/, 'gpu'],
  [/^ml_inf1$/, 'inf'],
];

const REPOSITORIES: Partial<Record<Framework, string>> = {
  KERAS: 'sagemaker-neo-keras',
  MXNET: 'sagemaker-inference-mxnet',
  ONNX: 'sagemaker-neo-onnx',
  PYTORCH: 'sagemaker-inference-pytorch',
  TENSORFLOW: 'sagemaker-inference-tensorflow',
};

const USUAL_VERSIONS: Partial<Record<Framework, string>> = {
  KERAS: '2.2.4',
  MXNET: '1.8',
  ONNX: '1.7',
  PYTORCH: '1.12',
  TENSORFLOW: '2.9.2',
};

/** Versions whose runtime has another number. */
const RUNTIMES: Readonly<Record<string, string>> = { '2.9': '2.9.2', '2.9.0': '2.9.2', '1.15': '1.15.3' };

/** AWS's own accounts, region by region. */
const ACCOUNTS: Readonly<Record<string, string>> = {
  'af-south-1': '774647643957',
  'ap-east-1': '110948597952',
  'ap-northeast-1': '941853720454',
  'ap-northeast-2': '151534178276',
  'ap-south-1': '763008648453',
  'ap-southeast-1': '324986816169',
  'ap-southeast-2': '355873309152',
  'ca-central-1': '464438896020',
  'eu-central-1': '746233611703',
  'eu-north-1': '601324751636',
  'eu-south-1': '966458181534',
  'eu-west-1': '802834080501',
  'eu-west-2': '205493899709',
  'eu-west-3': '254080097072',
  'me-south-1': '836785723513',
  'sa-east-1': '756306329178',
  'us-east-1': '785573368785',
  'us-east-2': '007439368137',
  'us-west-1': '710691900526',
  'us-west-2': '301217895009',
};
