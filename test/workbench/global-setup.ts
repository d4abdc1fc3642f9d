import type { TestProject } from 'vitest/node';
import { findChromium } from '../../scripts/workbench/chromium.mjs';
import { installWorkbench } from '../../scripts/workbench/install.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Why there is no workbench to test in; empty when there is one. */
    missingWorkbench: string;
  }
}

/** Runs once before the tests of the workbench: installs what they need, or says why that cannot be had here. */
export function setup(project: TestProject): void {
  const reason = whyMissing();
  if (reason !== '') console.log(`The tests in the workbench are skipped: ${reason}`);
  project.provide('missingWorkbench', reason);
}

function whyMissing(): string {
  if (findChromium() === undefined) return 'no Chromium on this machine';
  try {
    installWorkbench();
    return '';
  } catch (error) {
    return `code-server cannot be installed: ${(error as Error).message}`;
  }
}
