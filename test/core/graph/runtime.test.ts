import { describe, expect, it } from 'vitest';
import { loadRuntime } from '../../../src/core/graph/runtime';

describe('the native runtime', () => {
  it('loads on this machine', async () => {
    expect(await loadRuntime()).toHaveProperty('InferenceSession');
  });

  it('says on an Intel Mac that there is none, and what to do instead', async () => {
    await expect(loadRuntime('darwin', 'x64')).rejects.toMatchObject({
      name: 'LiftError',
      code: 'platform-unsupported',
      message: expect.stringContaining('Intel Macs') as string,
      hint: expect.stringContaining('another machine') as string,
    });
  });
});
