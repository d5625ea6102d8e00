import { modelOf, serviceNames } from '../models/model.ts';
import type { ServiceName } from '../service.ts';

let prefixes: Map<string, ServiceName> | undefined;

/** The service whose name on the wire this is, such as `AWSStepFunctions`. */
export const serviceOfTarget = (prefix: string): ServiceName | undefined => {
  prefixes ??= new Map(
    serviceNames
      .map((name) => modelOf(name))
      .filter(({ targetPrefix }) => targetPrefix !== null)
      .map(({ targetPrefix, service }) => [targetPrefix!, service]),
  );
  return prefixes.get(prefix);
};
