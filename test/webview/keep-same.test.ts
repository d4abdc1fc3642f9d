import { describe, expect, it } from 'vitest';
import { keepSame } from '../../webview/common/keep-same';

describe('what is sent whole each time', () => {
  const before = { columns: [{ name: 'a', values: [1, 2] }, { name: 'b' }], fit: { classes: ['x'] }, error: undefined };

  it('is the very same where nothing has changed', () => {
    expect(keepSame(before, structuredClone(before))).toBe(before);
  });

  it('keeps the identity of the parts that have not changed', () => {
    const after = keepSame(before, {
      ...structuredClone(before),
      columns: [{ name: 'a', values: [1, 3] }, { name: 'b' }],
    });
    expect(after).toEqual({ ...before, columns: [{ name: 'a', values: [1, 3] }, { name: 'b' }] });
    expect(after).not.toBe(before);
    expect(after.columns[0]).not.toBe(before.columns[0]);
    expect(after.columns[1]).toBe(before.columns[1]);
    expect(after.fit).toBe(before.fit);
  });

  it.each([
    [[1, 2], [1]],
    [[1], [1, 2]],
    [{ a: 1, b: undefined }, { a: 1 }],
    [{ a: undefined }, { b: undefined }],
    [{ 0: 'a' }, ['a']],
    [null, {}],
    [{}, null],
    ['a', 'b'],
  ])('is the next value where %j becomes %j', (from, to) => {
    expect(keepSame(from, to)).toStrictEqual(to);
  });
});
