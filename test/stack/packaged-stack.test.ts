import * as errors from '../../functions/shared/errors.ts';
import { aslFindings } from '../../packaging/checks/asl.ts';
import { bundleFindings, readBundles } from '../../packaging/checks/bundles.ts';
import { awsErrors } from '../../packaging/checks/known-errors.ts';
import { machineFindings } from '../../packaging/checks/machines.ts';
import { schemaFindings } from '../../packaging/checks/schemas.ts';
import { securityFindings } from '../../packaging/checks/security.ts';
import { danglingReferences, readTemplate } from '../../packaging/checks/template.ts';

const template = readTemplate();

describe('the packaged stack', () => {
  test('has state machines in which AWS’s own language service finds nothing', async () => {
    expect(await aslFindings(template)).toEqual([]);
  });

  test('has state machines that follow the house rules and name only what exists', () => {
    expect(machineFindings(template)).toEqual([]);
  });

  test('tells who can act only on errors that AWS, a function or a machine has', () => {
    const raised = JSON.stringify(template.Resources).match(/\b[A-Z]\w+Error\b/g)!;
    const named = [...Object.keys(errors), ...Object.values(errors.errorOfJob)];
    const known = new Set([...awsErrors(), ...named, ...raised]);

    expect(Object.keys(errors.actorOf).filter((name) => !known.has(name))).toEqual([]);
  });

  test('refers to nothing that it does not have', () => {
    expect(danglingReferences(template)).toEqual([]);
  });

  test('is secure by default', () => {
    expect(securityFindings(template)).toEqual([]);
  });

  test('has deciding functions that are small and carry no AWS SDK', () => {
    const acting = readBundles(template).filter(({ acts }) => acts);

    expect(bundleFindings(template)).toEqual([]);
    expect(acting.map(({ name }) => name).sort()).toEqual([
      'complete-codepipeline-job',
      'route-events',
      'survey-data',
      'write-manifest',
    ]);
  });

  test('has contracts that are closed and explain themselves', () => {
    expect(schemaFindings()).toEqual([]);
  });
});
