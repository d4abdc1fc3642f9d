import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/core/run/events';
import { isAlive, requestCancel, runningProcess } from '../../src/core/run/folder/heartbeat';
import { runFolderAt } from '../../src/core/run/folder/run-folder';
import { followRunLog } from '../../src/core/run/folder/run-log';
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
    const request = { runsFolder: run, out: run, set: [], baselines: false };
    expect(await startDetachedRun({ enginePath }, request)).toBe(run);
    const folder = runFolderAt(run);
    const pid = (await runningProcess(folder))!;
    expect(processExists(pid)).toBe(true);

    const events: RunEvent[] = [];
    for await (const event of followRunLog(folder, async () => !(await isAlive(folder)))) {
      events.push(event);
      if (events.length === 4) await requestCancel(folder);
    }
    expect(events[0]).toMatchObject({ event: 'run', run });
    expect(events.filter(({ event }) => event === 'progress').length).toBeGreaterThanOrEqual(3);
    await expect.poll(() => processExists(pid)).toBe(false);
  });
});
