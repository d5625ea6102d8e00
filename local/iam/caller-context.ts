import type { Caller } from '../service.ts';
import type { RequestContext } from './conditions.ts';

export const isService = (arn: string): boolean => arn.endsWith('.amazonaws.com');

/** What a caller tells to conditions: a service for whom it acts; a role acts for itself. */
export const callerContext = ({ arn, sourceArn }: Caller, accountId: string): RequestContext => {
  if (!isService(arn)) return { 'aws:principalarn': arn };
  return {
    'aws:sourceaccount': accountId,
    ...(sourceArn && { 'aws:sourcearn': sourceArn }),
    // Alarms act for their owner, which a topic's default policy asks for; rules do not.
    ...(arn === 'cloudwatch.amazonaws.com' && { 'aws:sourceowner': accountId }),
  };
};
