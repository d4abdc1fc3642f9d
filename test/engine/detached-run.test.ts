import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { localBackend } from '../../src/core/backends/local';
import type { RunEvent } from '../../src/core/run/events';
import { runningProcess } from '../../src/core/run/heartbeat';
import { runFolderAt } from '../../src/core/run/run-folder';
import { startDetachedRun } from '../../src/engine/detached-run';
import { bundleProgram, temporaryFolder } from '../helpers/bundle';
import { processExists } from '../helpers/processes';

let enginePath: string;
let run: string;

beforeAll(async () => {
  const folder = await temporaryFolder();
  enginePath = await bundleProgram('test/engine/fixtures/fake-engine.ts', join(folder, 'engine.js'));
  run = join(folder, 'run');
  await mkdir(run);
});

describe('a detached run', () => {
  it('goes on without the one who started it, is followed by its log, and stops when asked through its folder', async () => {
    const backend = localBackend({
      start: (request, options) => startDetachedRun({ enginePath }, request, options),
      predict: () => Promise.reject(new Error('not asked for')),
    });
    expect(await backend.start({ runsFolder: run, out: run, set: [], baselines: false })).toBe(run);
    const pid = (await runningProcess(runFolderAt(run)))!;
    expect(processExists(pid)).toBe(true);

    const events: RunEvent[] = [];
    await backend.watch(run, {
      onEvent: (event) => {
        events.push(event);
        if (events.length === 4) void backend.cancel(run);
      },
    });
    expect(events[0]).toMatchObject({ event: 'run', run });
    expect(events.filter(({ event }) => event === 'progress').length).toBeGreaterThanOrEqual(3);
    await expect.poll(() => processExists(pid)).toBe(false);
  });
});
