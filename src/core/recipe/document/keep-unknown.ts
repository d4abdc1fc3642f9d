/**
 * The fields of `written` in their order, with the values of `checked` where it knows them; what only `checked` has (defaults)
 * comes behind. Lists are gone through entry by entry.
 */
export function keepUnknown(written: unknown, checked: unknown): unknown {
  if (Array.isArray(written) && Array.isArray(checked)) {
    const before: readonly unknown[] = written;
    const after: readonly unknown[] = checked;
    return after.map((entry, index) => (index < before.length ? keepUnknown(before[index], entry) : entry));
  }
  if (!isFields(written) || !isFields(checked)) return checked;
  const kept = Object.entries(written).map(([key, value]) => [
    key,
    Object.hasOwn(checked, key) ? keepUnknown(value, checked[key]) : value,
  ]);
  const added = Object.entries(checked).filter(([key]) => !Object.hasOwn(written, key));
  return Object.fromEntries([...kept, ...added]);
}

export function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
