import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    // onnxruntime-node must not be loaded by several threads of one process: one process a test file.
    pool: 'forks',
  },
});
