import type { Fidelity } from '../../fidelity.ts';

export const fidelity: Fidelity = {
  title: 'SageMaker runtime',
  behaviours: [
    {
      behaviour: '`ModelError`, `ValidationError` and the body limit',
      source: 'model; guide: InvokeEndpoint',
      standing: 'as AWS',
    },
    {
      behaviour: '`TargetVariant` goes before the weights',
      source: 'guide: InvokeEndpoint',
      standing: 'as AWS',
    },
    {
      behaviour: '`TargetModel`, `TargetContainerHostname` and `InvokeEndpointAsync` are refused',
      source: 'guide: InvokeEndpoint',
      standing: 'not modelled',
    },
    {
      behaviour:
        '`CustomAttributes`, `InferenceId` and `SessionId` reach no container and no capture: taken in silence',
      source: 'guide: InvokeEndpoint',
      standing: 'not modelled',
    },
  ],
};
