import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { routeEvent } from '../../functions/route-events/route-event.ts';
import type { Pipeline } from '../../functions/shared/generated/contracts.ts';
import { openWorld } from '../../local/open-world.ts';
import { buildTemplate } from '../../local/template/build-template.ts';
import { exampleTemplate, readExample } from './support/example.ts';

/** A word of AWS's CLI: keeps the entries it is given, or does not know the bus. */
const CLI = `#!/bin/bash
case "$2" in
  describe-event-bus) [ "$4" = "signalbox-prod" ] ;;
  put-events) printf '%s' "$4" > "$ENTRIES_FILE"; echo "\${FAILED:-0}" ;;
esac
`;

const steps = {
  'github/release-on-push.yml': (file: ReturnType<typeof readExample>) =>
    file.jobs['tell-signalbox'].steps.find(({ run }: { run?: string }) => run !== undefined).run,
  'gitlab/release-on-push.gitlab-ci.yml': (file: ReturnType<typeof readExample>) =>
    file['tell-signalbox'].script.at(-1),
  'bitbucket/bitbucket-pipelines.yml': (file: ReturnType<typeof readExample>) =>
    file.pipelines.branches.main[0].step.script.at(-1),
};

const push = {
  BUS: 'signalbox-prod',
  REPOSITORY: 'flight-delay-model',
  BRANCH: 'main',
  COMMIT: '0f1e2d3c4b5a69788796a5b4c3d2e1f001234567',
  PREVIOUS_COMMIT: 'aa11bb22cc33dd44ee55ff66aa77bb88cc99dd00',
  BY: 'dev',
};

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'workflow-'));
  writeFileSync(join(directory, 'aws'), CLI);
  chmodSync(join(directory, 'aws'), 0o755);
});
afterAll(() => rmSync(directory, { recursive: true }));

describe.each(Object.entries(steps))('%s', (path, stepOf) => {
  /** Runs the workflow's script as the runner does, and gives what it puts. */
  const run = (env: Readonly<Record<string, string>> = {}) => {
    const ENTRIES_FILE = join(directory, 'entries.json');
    execFileSync('bash', ['-eo', 'pipefail', '-c', stepOf(readExample(path))], {
      env: { ...push, ENTRIES_FILE, ...env, PATH: `${directory}:${process.env.PATH}` },
      stdio: 'pipe',
    });
    return JSON.parse(readFileSync(ENTRIES_FILE, 'utf8'));
  };

  test('tells a push in the words that Signalbox reads', () => {
    const [{ Detail, ...entry }] = run();

    expect(entry).toEqual({
      EventBusName: 'signalbox-prod',
      Source: 'signalbox.code',
      DetailType: 'Code Pushed',
    });
    expect(JSON.parse(Detail)).toEqual({
      repository: push.REPOSITORY,
      branch: push.BRANCH,
      commit: push.COMMIT,
      previousCommit: push.PREVIOUS_COMMIT,
      by: push.BY,
    });
  });

  test('keeps a branch of any name a text', () => {
    const BRANCH = 'a"b\\c$(touch x)`y`';

    expect(JSON.parse(run({ BRANCH })[0].Detail).branch).toBe(BRANCH);
  });

  test('fails where the bus is not there, or the event is refused', () => {
    expect(() => run({ BUS: 'signalbox-test' })).toThrow();
    expect(() => run({ FAILED: '1' })).toThrow();
  });
});

test('what a workflow tells, in the role that is made for it, reaches the queue and asks for a release', async () => {
  const world = await openWorld();
  try {
    const template = exampleTemplate('github/role.yaml', { Repository: 'you/flight-delay-model' });
    const { outputs } = await buildTemplate(world, template);
    const caller = { arn: outputs.RoleArn!, via: 'function' } as const;
    const detail = { repository: push.REPOSITORY, branch: 'main', commit: push.COMMIT, previousCommit: '' };
    const entry = { EventBusName: 'signalbox-prod', Source: 'signalbox.code', DetailType: 'Code Pushed' };
    const put = (more: object) =>
      world.door.call({
        service: 'events',
        operation: 'PutEvents',
        input: { Entries: [{ ...entry, Detail: JSON.stringify(detail), ...more }] },
        caller,
      });
    // Rules that no pipeline needs are off; what this one hears is what is asked here.
    const rule = [...world.events.bus('signalbox-prod').rules.values()].find(({ matches }) =>
      matches({ source: 'signalbox.code', 'detail-type': 'Code Pushed', detail }),
    )!;
    world.events.keepRule({ ...rule, state: 'ENABLED' });

    await put({});
    await expect(put({ Source: 'signalbox' })).rejects.toThrow('not authorized');
    await expect(put({ EventBusName: 'default' })).rejects.toThrow('not authorized');
    await world.clock.advance(1_000);

    const queueArn = [...rule.targets.values()][0]!.Arn;
    expect(world.journal.text()).toContain(`handed signalbox.code "Code Pushed" to ${queueArn}`);
    const event = { id: 'e', time: '2026-03-02T09:00:00Z', source: 'signalbox.code', detail };
    const watching = {
      name: 'flight-delay',
      triggers: { code: { repository: push.REPOSITORY, branch: 'main', build: 'flight-delay-image' } },
    } as unknown as Pipeline;
    const wishes = routeEvent(JSON.stringify({ ...event, 'detail-type': 'Code Pushed' }), [watching]);
    expect(wishes).toMatchObject([{ kind: 'start', input: { trigger: { commit: push.COMMIT } } }]);
  } finally {
    await world.close();
  }
});
