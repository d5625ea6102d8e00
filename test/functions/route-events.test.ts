import { readFileSync } from 'node:fs';
import { routeEvent } from '../../functions/route-events/route-event.ts';
import { routeRecord } from '../../functions/route-events/route-events.ts';
import type { Pipeline } from '../../functions/shared/generated/contracts.ts';
import packaged from '../../functions/shared/generated/pipelines.json' with { type: 'json' };

const pipelines = packaged as unknown as Record<string, Pipeline>;
const sample = (path: string): string =>
  readFileSync(new URL(`../../events/${path}.json`, import.meta.url), 'utf8');
const changed = (
  path: string,
  change: (event: { detail: Record<string, Record<string, unknown>>; time: string; id: string }) => void,
): string => {
  const event = JSON.parse(sample(path));
  change(event);
  return JSON.stringify(event);
};

describe('an upload', () => {
  test('asks for a release of the pipeline that watches its prefix', () => {
    const [asked, ...others] = routeEvent(sample('s3/object-created'), pipelines);

    expect(others).toEqual([]);
    expect(asked).toMatchObject({
      name: expect.stringMatching(/^flight-delay-data-[0-9a-f]{16}$/),
      request: {
        pipeline: 'flight-delay',
        trigger: { kind: 'data', key: 'flight-delay/incoming/2001-01.json' },
      },
    });
  });

  test('told twice, with another event id, asks under the same name', () => {
    const again = changed('s3/object-created', (event) => {
      event.id = '00000000-0000-4000-8000-000000000000';
    });

    expect(routeEvent(again, pipelines)[0]?.name).toBe(
      routeEvent(sample('s3/object-created'), pipelines)[0]?.name,
    );
  });

  test('of a new version of the same key is a new wish', () => {
    const newer = changed('s3/object-created', ({ detail }) => {
      detail.object!['version-id'] = 'another';
    });

    expect(routeEvent(newer, pipelines)[0]?.name).not.toBe(
      routeEvent(sample('s3/object-created'), pipelines)[0]?.name,
    );
  });

  test.each([
    ['under a prefix that nobody watches', 'elsewhere/file.json', 10],
    ['with another suffix', 'flight-delay/incoming/readme.txt', 10],
    ['that is a folder marker', 'flight-delay/incoming/', 0],
    ['without content', 'flight-delay/incoming/empty.json', 0],
  ])('%s asks for nothing', (_, key, size) => {
    const event = changed('s3/object-created', ({ detail }) => {
      Object.assign(detail.object!, { key, size });
    });

    expect(routeEvent(event, pipelines)).toEqual([]);
  });
});

describe('a pushed image', () => {
  test('asks for a release with its digest', () => {
    expect(routeEvent(sample('ecr/image-pushed'), pipelines)[0]).toMatchObject({
      name: expect.stringMatching(/^flight-delay-image-/),
      request: {
        trigger: {
          kind: 'image',
          repository: 'flight-delay',
          tag: 'stable',
          digest: expect.stringMatching(/^sha256:/),
        },
      },
    });
  });

  test('without a tag, or deleted, asks for nothing', () => {
    const untagged = changed('ecr/image-pushed', ({ detail }) => void delete detail['image-tag']);
    const deleted = changed(
      'ecr/image-pushed',
      ({ detail }) => void Object.assign(detail, { 'action-type': 'DELETE' }),
    );

    expect(routeEvent(untagged, pipelines)).toEqual([]);
    expect(routeEvent(deleted, pipelines)).toEqual([]);
  });

  test('pushed again later is a new wish', () => {
    const later = changed('ecr/image-pushed', (event) => {
      event.time = '2026-03-03T09:00:00Z';
    });

    expect(routeEvent(later, pipelines)[0]?.name).not.toBe(
      routeEvent(sample('ecr/image-pushed'), pipelines)[0]?.name,
    );
  });
});

describe('a message that is no event', () => {
  test.each([
    ['not JSON', 'hello', 'The message is not JSON'],
    ['without a source', '{"detail-type":"Object Created","time":"t","detail":{}}', '$["source"] is missing'],
    ['null', 'null', '$["source"] is missing'],
    [
      'without detail',
      '{"source":"aws.s3","detail-type":"Object Created","time":"t"}',
      '$.detail is missing',
    ],
    [
      'without a key',
      '{"source":"aws.s3","detail-type":"Object Created","time":"t","detail":{"bucket":{"name":"b"},"object":{}}}',
      '$.detail.object.key is missing',
    ],
    [
      'of another kind',
      '{"source":"aws.ec2","detail-type":"X","time":"t","detail":{}}',
      'No rule of this stack sends aws.ec2/X',
    ],
  ])('(%s) is refused with the reason', (_, body, reason) => {
    expect(() => routeEvent(body, pipelines)).toThrow(reason);
  });
});

describe('routing a record', () => {
  test('starts nothing and says so when the name is taken', async () => {
    const log: string[] = [];

    await routeRecord(
      { messageId: 'm1', body: sample('s3/object-created') },
      {
        pipelines,
        start: async () => 'duplicate',
        log: (message) => log.push(message),
      },
    );

    expect(log).toEqual(['Release duplicate']);
  });

  test('lets an error through, so that the queue keeps the message', async () => {
    const start = async () => {
      throw new Error('Rate exceeded');
    };

    await expect(
      routeRecord(
        { messageId: 'm1', body: sample('s3/object-created') },
        { pipelines, start, log: () => {} },
      ),
    ).rejects.toThrow('Rate exceeded');
  });
});

test('two pipelines that watch one prefix are both asked for, however alike their names begin', () => {
  const long = `${'a'.repeat(45)}-one`;
  const pair = Object.fromEntries(
    [long, `${long}-two`].map((name) => [name, { ...pipelines['flight-delay']!, name }]),
  );

  const names = routeEvent(sample('s3/object-created'), pair).map(({ name }) => name);

  expect(new Set(names).size).toBe(2);
});
