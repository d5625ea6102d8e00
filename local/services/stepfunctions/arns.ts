import { AwsError } from '../../aws-error.ts';

/** A state machine's ARN, taken apart. */
export interface MachineArn {
  /** Without version, alias or label. */
  readonly plain: string;
  readonly version?: number;
  readonly alias?: string;
  /** Of a distributed Map state. */
  readonly label?: string;
}

/** @throws AwsError `InvalidArn` unless the ARN is of the wanted kind */
export function checkArn(arn: string, kind: 'stateMachine' | 'execution' | 'mapRun'): void {
  if (!arn.startsWith('arn:')) throw invalidArn(`Invalid ARN prefix: ${arn}`);
  const [, , service, , , type] = arn.split(':');
  if (service !== 'states') throw invalidArn(`Service not valid in this context: ${service}`);
  if (type !== kind) throw invalidArn(`Resource type not valid in this context: ${type}`);
}

/** @throws AwsError `InvalidArn` */
export function machineArnOf(arn: string): MachineArn {
  checkArn(arn, 'stateMachine');
  const [name = '', qualifier] = arn.split(':').slice(6);
  const [plainName, label] = name.split('/');
  const plain = `${arn.split(':').slice(0, 6).join(':')}:${plainName}`;
  if (label !== undefined) return { plain, label };
  if (qualifier === undefined) return { plain };
  return /^\d+$/.test(qualifier) ? { plain, version: Number(qualifier) } : { plain, alias: qualifier };
}

const invalidArn = (fault: string): AwsError => new AwsError('InvalidArn', `Invalid Arn: '${fault}'`);
