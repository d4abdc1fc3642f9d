import { describe, inject } from 'vitest';

/** `describe` for tests that need the workbench: skipped, with the reason in the title, where it cannot be had. */
export function describeInWorkbench(title: string, tests: () => void): void {
  const missing = inject('missingWorkbench');
  describe.skipIf(missing !== '')(missing === '' ? title : `${title} (skipped: ${missing})`, tests);
}
