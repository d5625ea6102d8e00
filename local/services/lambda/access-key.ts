import { createHash } from 'node:crypto';

/** The access key id under which a role's SDK clients call: the same role, the same key, on every machine. */
export const accessKeyOf = (roleArn: string): string =>
  `AKIA${createHash('sha256').update(roleArn).digest('hex').slice(0, 16).toUpperCase()}`;
