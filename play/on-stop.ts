/**
 * Ctrl+C ends the run in good order: children stop, the cursor comes back. So do a
 * terminal that is closed and a reader who left (`… | head`). A second Ctrl+C ends it at once.
 */
export function onStop(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort();
    });
  }
  process.stdout.on('error', () => controller.abort());
  if (process.env.npm_lifecycle_event !== undefined) whenLeftAlone(() => controller.abort());
  return controller.signal;
}

/** `npm run` passes a SIGTERM on to a shell that dies of it and tells nobody: then another process becomes our parent. */
function whenLeftAlone(action: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    action();
  }, 250);
  timer.unref();
}
