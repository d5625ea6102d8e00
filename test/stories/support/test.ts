import { closeStories, journals } from './story.ts';

/**
 * Jest's `test` for stories: every story that the body opens is closed after it,
 * and when it fails, the error tells each story's seed and journal.
 */
export function test(title: string, body: () => Promise<void>): void {
  globalThis.test(title, async () => {
    try {
      await body();
    } catch (error) {
      if (error instanceof Error) error.message += journals();
      throw error;
    } finally {
      await closeStories();
    }
  });
}
