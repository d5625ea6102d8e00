import fc from 'fast-check';
import { modelOf, type Shape, serviceNames } from '../../../local/models/model.ts';
import { type Answer, ask, serve, signedFor } from './served.ts';

/** Ours to answer: anything but a fault of this world. */
const isAnswered = ({ status }: Answer): boolean => status < 500 || status === 501;

test('S3 answers whatever is put into path, query and headers', async () => {
  const { url, world } = await serve();
  const method = fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'PATCH');
  const path = fc.constantFrom('/', '/data', '/data/', '/data/a', '/data/b/c', '/nobody/a', '//a', '/%zz/%');
  const name = fc.constantFrom('list-type', 'versionId', 'uploads', 'uploadId', 'partNumber', 'max-keys');
  const more = fc.constantFrom('encoding-type', 'delete', 'versions', 'continuation-token', 'x-id', 'acl');
  const value = fc.oneof(fc.constantFrom('2', '', 'url', '-1', '1e99'), fc.string({ maxLength: 5 }));
  const query = fc.array(fc.tuple(fc.oneof(name, more), value), { maxLength: 4 });
  const header = fc.constantFrom(
    'range',
    'if-match',
    'if-modified-since',
    'x-amz-copy-source',
    'content-md5',
  );
  const other = fc.constantFrom('x-amz-content-sha256', 'x-amz-checksum-crc32', 'x-amz-meta-a', 'expires');
  const text = fc.oneof(
    fc.stringMatching(/^[ -~]{0,12}$/),
    fc.constantFrom('bytes=0-', '*', 'data/a', '/data/%zz', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'),
  );
  const headers = fc.dictionary(fc.oneof(header, other), text, { maxKeys: 4 });

  await fc.assert(
    fc.asyncProperty(
      method,
      path,
      query,
      headers,
      fc.string(),
      async (...[verb, where, asked, given, body]) => {
        world.s3.createBucket('data', { versioned: true });
        world.s3.put('data', 'a', '0123');
        const target = `${where}?${new URLSearchParams(asked)}`;

        const answer = await ask(url, target, { authorization: signedFor('s3'), ...given }, verb, body);

        expect(isAnswered(answer) || answer).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});

/** A value that a shape of AWS's might take. */
const inputOf = (shape: Shape, depth = 0): fc.Arbitrary<unknown> => {
  switch (shape.kind) {
    case 'structure': {
      const members = [...shape.members].filter(([name]) => depth < 2 || shape.required.includes(name));
      return fc.record(
        Object.fromEntries(members.map(([name, member]) => [name, inputOf(member, depth + 1)])),
        { requiredKeys: [...shape.required] },
      );
    }
    case 'list':
      return depth > 4
        ? fc.constant([])
        : fc.array(inputOf(shape.value!, depth + 1), { minLength: shape.min ?? 0, maxLength: 2 });
    case 'map':
      return depth > 4 ? fc.constant({}) : fc.dictionary(fc.constant('k'), inputOf(shape.value!, depth + 1));
    case 'integer':
    case 'number':
      return fc.constant(shape.min ?? 1);
    case 'boolean':
      return fc.boolean();
    case 'timestamp':
      return fc.constant(1_772_442_000);
    case 'blob':
      return fc.constant('AQID');
    default:
      return shape.values
        ? fc.constantFrom(...shape.values)
        : fc.constantFrom(
            'x'.repeat(shape.min ?? 1),
            '{}',
            'arn:aws:iam::123456789012:role/x',
            'arn:aws:states:eu-west-1:123456789012:stateMachine:x',
          );
  }
};

test.each(serviceNames.filter((name) => modelOf(name).targetPrefix !== null))(
  'every operation of %s answers inputs that look right',
  async (service) => {
    const { url } = await serve();
    const { targetPrefix, operationNames, operation } = modelOf(service);

    for (const name of operationNames) {
      const headers = {
        authorization: signedFor('states'),
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `${targetPrefix}.${name}`,
      };
      for (const input of fc.sample(inputOf(operation(name)!.input), { numRuns: 3, seed: 7 })) {
        const answer = await ask(url, '/', headers, 'POST', JSON.stringify(input));
        expect(isAnswered(answer) || { name, input, answer }).toBe(true);
      }
    }
  },
);
