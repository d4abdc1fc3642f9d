import { describe, expect, it } from 'vitest';
import { isPermissive } from '../../scripts/package/notices.mjs';

describe('licences that may be shipped', () => {
  it.each(['MIT', 'Apache-2.0', '(MIT OR GPL-3.0)', 'GPL-2.0 OR BSD-3-Clause'])('accepts %s', (licence) => {
    expect(isPermissive(licence)).toBe(true);
  });

  it.each([
    'GPL-3.0',
    'LGPL-2.1',
    'MIT AND GPL-3.0',
    'SEE LICENSE IN LICENSE',
    'UNLICENSED',
    undefined,
    { type: 'MIT' },
  ])('refuses %s', (licence) => {
    expect(isPermissive(licence)).toBe(false);
  });
});
