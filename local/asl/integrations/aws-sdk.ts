import { modelOf } from '../../models/model.ts';
import { dataOf } from '../data.ts';
import type { Integration } from './integration.ts';
import { asIsoText, toResult, toServiceInput } from './shapes.ts';

/** `aws-sdk:<service>:<action>`: any operation; the bare response is the result. */
export const awsSdk: Integration = {
  async request({ resource, arguments: input, call }) {
    const model = modelOf(resource.service).operation(resource.operation);
    const answer = await call(resource.operation, toServiceInput(input, model?.input));
    return dataOf(toResult(answer ?? {}, model?.output, asIsoText));
  },
};
