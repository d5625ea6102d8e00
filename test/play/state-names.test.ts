import { machineName, machinesOf, readTemplate } from '../../packaging/checks/template.ts';
import { CALLED_BY, JOB_STATES } from '../../play/state-names.ts';

interface States {
  readonly States: Readonly<Record<string, { readonly Resource?: string; readonly ItemProcessor?: States }>>;
}

const resources = ({ States }: States): [label: string, resource: string | undefined][] =>
  Object.entries(States).flatMap(([label, { Resource, ItemProcessor }]) => [
    [label, Resource] as [string, string | undefined],
    ...(ItemProcessor ? resources(ItemProcessor) : []),
  ]);

const machines = machinesOf(readTemplate());
const resourceOf = new Map(machines.flatMap(([, { Properties }]) => resources(Properties.Definition)));

describe('the play', () => {
  test.each(Object.entries(CALLED_BY))(
    'finds the machine %s under the state that starts it',
    (machine, state) => {
      expect(machines.map(([id]) => machineName(id))).toContain(machine);
      expect(resourceOf.get(state)).toContain(':states:startExecution.sync');
    },
  );

  test.each(Object.keys(JOB_STATES))('finds the job of the state "%s"', (state) => {
    expect(resourceOf.get(state)).toContain(':sagemaker:create');
  });
});
