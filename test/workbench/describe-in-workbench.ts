import { describe, inject } from 'vitest';

/**
 * `describe` for tests that need the workbench: skipped, with the reason in the title, where it cannot be had.
 * @param lacks what else they need and is not there, in words; empty when nothing
 */
export function describeInWorkbench(title: string, tests: () => void, lacks = ''): void {
  const missing = lacks === '' ? inject('missingWorkbench') : lacks;
  describe.skipIf(missing !== '')(missing === '' ? title : `${title} (skipped: ${missing})`, tests);
}
