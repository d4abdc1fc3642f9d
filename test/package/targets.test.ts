import { describe, expect, it } from 'vitest';
import { runtimeFiles, targets } from '../../scripts/package/targets.mjs';

const nativeOf = (target: string): string[] =>
  runtimeFiles('.', target).filter((file) => /\.(node|so|dll|dylib)(\.|$)/.test(file));

describe('the runtime of each platform', () => {
  it.each(targets.filter((target) => target !== 'darwin-x64'))('is one library and its binding on %s', (target) => {
    const native = nativeOf(target);
    expect(native).toHaveLength(2);
    expect(native.every((file) => file.replaceAll('\\', '/').includes(`/${target.replace('-', '/')}/`))).toBe(true);
  });

  it('has no library for Intel Macs', () => {
    expect(nativeOf('darwin-x64')).toEqual([]);
  });
});
