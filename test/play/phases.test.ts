import { expectedOf } from '../../play/phases.ts';
import { bandOf, ownConfig, roleOf } from '../../play/roles.ts';

const main = (weight: number) => ({ VariantName: 'main', CurrentWeight: weight });
const challenger = (weight: number) => ({ VariantName: 'challenger', CurrentWeight: weight });

describe('what an endpoint says of the challenger’s share', () => {
  test('is the part of its instances that serve, in a guarded update', () => {
    const described = {
      EndpointConfigName: 'one',
      ProductionVariants: [main(1)],
      PendingDeploymentSummary: {
        EndpointConfigName: 'two',
        ProductionVariants: [{ VariantName: 'main', CurrentInstanceCount: 1, DesiredInstanceCount: 4 }],
      },
    };

    expect(expectedOf(described)).toEqual({ config: 'two', kind: 'instances', expectedShare: 0.25 });
  });

  test('is its weight among all, in a trial with weights', () => {
    const described = { EndpointConfigName: 'two-trial', ProductionVariants: [main(90), challenger(10)] };

    expect(expectedOf(described)).toEqual({ config: 'two-trial', kind: 'weights', expectedShare: 0.1 });
  });

  test('is the part of the requests that is copied, in a shadow test', () => {
    const described = {
      EndpointConfigName: 'two-trial',
      ProductionVariants: [main(1)],
      ShadowProductionVariants: [challenger(0.5)],
    };

    expect(expectedOf(described)).toEqual({ config: 'two-trial', kind: 'shadow', expectedShare: 0.5 });
  });

  test.each([
    ['nobody is tried', { EndpointConfigName: 'one', ProductionVariants: [main(1)] }],
    [
      'everything moves to a trial at once',
      {
        EndpointConfigName: 'one',
        ProductionVariants: [main(1)],
        PendingDeploymentSummary: {
          EndpointConfigName: 'two-trial',
          ProductionVariants: [{ VariantName: 'main', CurrentInstanceCount: 4, DesiredInstanceCount: 4 }],
        },
      },
    ],
  ])('is nothing while %s', (_when, described) => {
    expect(expectedOf(described)).toBeUndefined();
  });
});

describe('on a trial’s config', () => {
  const row = (fleet: string, variant: string, isShadow = false) => ({ fleet, variant, isShadow });

  test('champion, challenger and copies are told apart', () => {
    expect(roleOf(row('two-trial', 'main'))).toBe('champion');
    expect(roleOf(row('two-trial', 'challenger'))).toBe('challenger');
    expect(roleOf(row('two-trial', 'challenger', true))).toBe('shadow');
    expect(roleOf(row('two', 'main'))).toBe('own');
  });

  test('both stand in the chart under names of their own', () => {
    expect(bandOf(row('two-trial', 'main'))).toBe('two-trial / main');
    expect(bandOf(row('two-trial', 'challenger', true))).toBe('two-trial / challenger (copies)');
    expect(bandOf(row('two', 'main'))).toBe('two');
    expect(ownConfig('two-trial')).toBe('two');
  });
});
