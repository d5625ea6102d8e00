import { ensurePackaged } from '../../packaging/package.ts';

/** The tests run on the packaged stack, as users do. */
export default async function packageOnce() {
  await ensurePackaged();
}
