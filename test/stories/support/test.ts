import { closeStories, journals } from './story.ts';

/** Jest's `test` for stories: see `tells`. */
export function test(title: string, body: () => Promise<void>): void {
  globalThis.test(title, () => tells(body));
}

/** Closes every story that `body` opens; when it fails, the error tells each story's seed and journal. */
export async function tells(body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    if (error instanceof Error) error.message += journals();
    throw error;
  } finally {
    await closeStories();
  }
}
