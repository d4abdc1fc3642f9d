import process from 'node:process';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Engines that tests have left to themselves end with the tests, also when these are killed.
process.env.LIFT_ENDS_WITH = String(process.pid);

// onnxruntime-node must not be loaded by several threads of one process: one process a test file.
const pool = 'forks';

const cluster = 'test/remote/ray-*.test.ts';

export default defineConfig({
  test: {
    projects: [
      {
        // Only an editor has the module `vscode`; what needs no more of it than texts is tested without one.
        resolve: { alias: { vscode: join(import.meta.dirname, 'test', 'helpers', 'vscode.ts') } },
        test: {
          name: 'rooms',
          include: ['test/**/*.test.ts'],
          exclude: ['test/workbench/**', cluster],
          testTimeout: 60_000,
          pool,
        },
      },
      {
        // A Ray cluster has several processes, each with PyTorch: one at a time, once the machine is free.
        test: { name: 'cluster', include: [cluster], pool, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
      {
        // A whole workbench each, and training in it: one after the other, once the machine is free.
        test: {
          name: 'workbench',
          include: ['test/workbench/**/*.test.ts'],
          globalSetup: 'test/workbench/global-setup.ts',
          testTimeout: 360_000,
          hookTimeout: 180_000,
          pool,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
