import { beforeEach, expect, test } from '@jest/globals';
import type { World } from '../../../local/world.ts';
import { openAccount } from '../support/open-account.ts';

const TopicArn = 'arn:aws:sns:eu-west-1:123456789012:news';

let world: World;
let publish: (input: object) => Promise<{ MessageId: string }>;
beforeEach(async () => {
  const account = await openAccount();
  world = account.world;
  world.sns.createTopic('news');
  publish = (input) => account.call('Publish', { TopicArn, ...input });
});

test('what is published can be read', async () => {
  const { MessageId } = await publish({ Subject: 'Release is live', Message: 'All is well.' });

  expect(world.sns.published).toEqual([
    {
      topicArn: TopicArn,
      messageId: MessageId,
      subject: 'Release is live',
      message: 'All is well.',
      messageAttributes: {},
      atMs: world.clock.now(),
    },
  ]);
  expect(world.journal.text()).toContain('sns/news published "Release is live"');
});

test.each([
  [{ Message: 'x', Subject: 'a'.repeat(101) }, 'InvalidParameter', 'Invalid parameter: Subject'],
  [{ Message: 'x', Subject: 'two\nlines' }, 'InvalidParameter', 'Invalid parameter: Subject'],
  [{ Message: '' }, 'InvalidParameter', 'Invalid parameter: Empty message'],
  [{ Message: 'x'.repeat(262_145) }, 'InvalidParameter', 'Invalid parameter: Message too long'],
  [{ Message: 'x', TopicArn: 'arn:aws:sns:eu-west-1:123456789012:none' }, 'NotFound', 'Topic does not exist'],
])('%.60j is refused', async (input, code, message) => {
  await expect(publish(input)).rejects.toMatchObject({ code, message });
});
