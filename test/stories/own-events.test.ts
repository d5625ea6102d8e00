import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { readContracts, schemaFolder } from '../../packaging/contracts.ts';
import { type OwnEvent, openStory, type Story } from './support/story.ts';
import { test } from './support/test.ts';

const folder = join(schemaFolder, 'events');
const schemas: { $id: string; title: string }[] = readdirSync(folder).map((file) =>
  JSON.parse(readFileSync(join(folder, file), 'utf8')),
);
const ajv = new Ajv({
  schemas: [...readContracts().map(({ schema }) => schema), ...schemas],
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
});

/** What an event says against its schema. */
function faultsOf({ type, detail }: OwnEvent): unknown {
  const validate = ajv.getSchema(schemas.find(({ title }) => title === type)!.$id)!;
  validate(detail);
  return validate.errors ?? [];
}

const told = (story: Story) => story.events().map(({ type }) => type);

describe('on its own bus Signalbox tells, as schemas/events/ says,', () => {
  test('that a release has begun and how it ended', async () => {
    const story = await openStory();
    const { detail, id } = await story.liveRelease();

    const events = story.events();

    expect(told(story)).toEqual(['Release Started', 'Release Ended']);
    expect(events[0]!.detail).toMatchObject({ release: { id, trigger: { kind: 'manual' } } });
    expect(events[1]!.detail).toEqual(detail);
    expect(events.map(faultsOf)).toEqual([[], []]);
  });

  test('that a request was refused, of which nothing began', async () => {
    const story = await openStory();
    await story.start({ pipeline: 'flight-dealy', trigger: { kind: 7 } });
    await story.released();

    expect(told(story)).toEqual(['Release Ended']);
    expect(story.events().map(faultsOf)).toEqual([[]]);
  });

  test('that a challenger was rejected, and that something broke', async () => {
    for (const behaviour of [
      { metrics: { challenger: { auc: 0.5, logLoss: 0.9 }, champion: {} } },
      { containers: { train: { exitCode: 1, message: 'no gradient' } } },
    ]) {
      const story = await openStory(behaviour);
      await story.start({ pipeline: 'flight-delay' });
      const { outcome } = await story.released();

      expect(story.events('Release Ended')[0]!.detail.outcome).toBe(outcome);
      expect(story.events().map(faultsOf)).toEqual([[], []]);
    }
  });
});

describe('other machines tell on that bus, as schemas/events/ says,', () => {
  test('that a person is needed', async () => {
    const story = await openStory();
    await story.start({ pipeline: 'flight-delay', overrides: { register: { approval: 'manual' } } });
    await story.entered('Wait for an answer', 'approve');

    expect(told(story)).toEqual(['Release Started', 'Approval Needed']);
    expect(story.events().map(faultsOf)).toEqual([[], []]);
  });

  test('that an earlier release was brought back', async () => {
    const story = await openStory();
    await story.liveRelease();
    await story.liveRelease();
    const { door, person, resources } = story.world;
    const { executionArn } = (await door.call({
      service: 'stepfunctions',
      operation: 'StartExecution',
      input: {
        stateMachineArn: resources.RollbackMachine,
        input: JSON.stringify({ pipeline: 'flight-delay', reason: 'it is slow', by: 'ada' }),
      },
      caller: person,
    })) as { executionArn: string };
    await story.ended(executionArn);

    const [event] = story.events('Rollback Ended');
    expect(event!.detail).toMatchObject({ outcome: 'LIVE', by: 'ada', reason: 'it is slow' });
    expect(faultsOf(event!)).toEqual([]);
  });
});

test('each of Signalbox’s own events stands in the schema registry', async () => {
  const { world } = await openStory();

  const { Schemas } = (await world.door.call({
    service: 'schemas',
    operation: 'ListSchemas',
    input: { RegistryName: 'signalbox-prod' },
    caller: world.person,
  })) as { Schemas: { SchemaName: string }[] };

  expect(Schemas.map(({ SchemaName }) => SchemaName.replace(/^.*@/, '')).sort()).toEqual(
    schemas.map(({ title }) => title.replaceAll(' ', '')).sort(),
  );
});
