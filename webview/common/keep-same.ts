/**
 * The next value of something that is sent whole each time, with every part that is as it was in `before` taken from there: what
 * has not changed can be told by its identity. Both are plain data, as messages are.
 */
export function keepSame<T>(before: unknown, next: T): T {
  if (Object.is(before, next)) return next;
  if (typeof before !== 'object' || typeof next !== 'object' || before === null || next === null) return next;
  if (Array.isArray(before) !== Array.isArray(next)) return next;
  const old = before as Record<string, unknown>;
  const entries = Object.entries(next as Record<string, unknown>).map(
    ([key, value]) => [key, keepSame(old[key], value)] as const,
  );
  const isSame =
    entries.length === Object.keys(old).length && entries.every(([key, value]) => key in old && old[key] === value);
  if (isSame) return before as T;
  return (Array.isArray(next) ? entries.map(([, value]) => value) : Object.fromEntries(entries)) as T;
}
