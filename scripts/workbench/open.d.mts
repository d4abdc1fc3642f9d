import type { Page } from 'playwright-core';

export interface OpenWorkbench {
  readonly page: Page;
  /** Chooses an item of a file's context menu in the explorer. */
  readonly menu: (file: string, label: string) => Promise<void>;
  /** Runs a command by the palette. */
  readonly command: (name: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export function openWorkbench(options: {
  origin: string;
  folder: string;
  extension?: string;
  headless?: boolean;
  viewport?: { width: number; height: number };
}): Promise<OpenWorkbench>;
