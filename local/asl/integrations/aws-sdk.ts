import { modelOf } from '../../models/model.ts';
import { dataOf } from '../data.ts';
import type { Integration } from './integration.ts';
import type { Resource } from './resource.ts';
import { asIsoText, isRecord, toResult, toServiceInput } from './shapes.ts';

/** `aws-sdk:<service>:<action>`: any operation; the bare response is the result. */
export const awsSdk: Integration = {
  async request({ resource, arguments: input, call }) {
    const model = modelOf(resource.service).operation(resource.operation);
    const answer = await call(resource.operation, toServiceInput(asSent(resource, input), model?.input));
    return dataOf(toResult(answer ?? {}, model?.output, asIsoText));
  },
};

/**
 * An object's body is JSON, a text in its quotes too, and goes with a CRC-32
 * unless another checksum comes with it (recorded in November 2025).
 */
const asSent = ({ service, operation }: Resource, input: unknown): unknown => {
  if (service !== 's3' || operation !== 'PutObject' || !isRecord(input)) return input;
  const { Body } = input;
  const hasChecksum = Object.keys(input).some((name) => name.startsWith('Checksum'));
  return {
    ...input,
    ...(typeof Body === 'string' && { Body: JSON.stringify(Body) }),
    ...(!hasChecksum && { ChecksumAlgorithm: 'CRC32' }),
  };
};
