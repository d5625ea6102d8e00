import { request } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { openAccount } from '../support/open-account.ts';

/** A request as an SDK signs it; signatures are not checked here. */
const ask = async (url: string, service: string, method: string, path: string, body?: object) => {
  const text = body === undefined ? '' : JSON.stringify(body);
  const authorization = `AWS4-HMAC-SHA256 Credential=test/20260302/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  return new Promise<{ status: number; json: Record<string, unknown> }>((resolve, reject) => {
    const call = request(`${url}${path}`, { method, headers: { authorization } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const answer = Buffer.concat(parts).toString();
        resolve({ status: response.statusCode!, json: answer === '' ? {} : JSON.parse(answer) });
      });
    });
    call.on('error', reject);
    call.end(text);
  });
};

describe('over HTTP', () => {
  test('a schedule is made, told and gone', async () => {
    const { world } = await openAccount();
    world.sqs.createQueue('q');
    const url = world.endpointUrl;

    const made = await ask(url, 'scheduler', 'POST', '/schedules/nightly', {
      ScheduleExpression: 'cron(0 3 * * ? *)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      StartDate: 1772496000,
      Target: {
        Arn: 'arn:aws:sqs:eu-west-1:123456789012:q',
        RoleArn: 'arn:aws:iam::123456789012:role/r',
      },
    });
    const told = await ask(url, 'scheduler', 'GET', '/schedules/nightly?groupName=default');
    await ask(url, 'scheduler', 'DELETE', '/schedules/nightly');
    const gone = await ask(url, 'scheduler', 'GET', '/schedules/nightly');

    expect(made).toEqual({
      status: 200,
      json: { ScheduleArn: 'arn:aws:scheduler:eu-west-1:123456789012:schedule/default/nightly' },
    });
    expect(told.json).toMatchObject({ Name: 'nightly', StartDate: 1772496000 });
    expect(gone).toMatchObject({ status: 404, json: { Message: 'Schedule nightly does not exist.' } });
  });

  test('a schema is registered and described, both its names in the path', async () => {
    const { world } = await openAccount();
    const url = world.endpointUrl;

    await ask(url, 'schemas', 'POST', '/v1/registries/name/signalbox', {});
    const path = '/v1/registries/name/signalbox/schemas/name/signalbox%40ReleaseEnded';
    await ask(url, 'schemas', 'POST', path, { Type: 'JSONSchemaDraft4', Content: '{"type":"object"}' });
    const { json } = await ask(url, 'schemas', 'GET', path);

    expect(json).toMatchObject({ SchemaName: 'signalbox@ReleaseEnded', Content: '{"type":"object"}' });
  });
});
