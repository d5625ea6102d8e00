/** `Date` as a function sees it: what it asks for without saying is the world's time. */
export const worldDate = (RealDate: DateConstructor, now: () => number): DateConstructor =>
  new Proxy(RealDate, {
    construct: (target, given, newTarget) =>
      Reflect.construct(target, given.length > 0 ? given : [now()], newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });

/** The world's time during an invocation that began at `nowMs` and for which `speed` seconds pass in a real one. */
export const timeSince = ({ nowMs, speed }: { nowMs: number; speed: number }): (() => number) => {
  const startedAt = performance.now();
  return () => Math.round(nowMs + (performance.now() - startedAt) * speed);
};
