import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../../src/core/run/events';
import { requestCancel, runningProcess, startHeartbeat } from '../../../../src/core/run/folder/heartbeat';
import { createRunFolder, runFolderAt } from '../../../../src/core/run/folder/run-folder';
import { followRunLog, openRunLog } from '../../../../src/core/run/folder/run-log';
import { readRunState, writeRunState } from '../../../../src/core/run/folder/run-state';
import type { RunState } from '../../../../src/core/run/folder/run-state';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'lift-run-'));
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

const noon = new Date(2026, 10, 23, 12, 0, 0);

function stateOf(state: RunState['state']): RunState {
  return {
    version: 1,
    name: 'iris',
    state,
    createdAt: noon.toISOString(),
    updatedAt: noon.toISOString(),
    versions: { lift: '0.1.0', node: 'v20' },
    task: 'classification',
    target: 'species',
    model: { id: 'embedded', path: '/model', hash: 'ab' },
    dataset: { path: '/iris.csv', bytes: 1, sha256: 'cd' },
    timing: {},
  };
}

describe('a run folder', () => {
  it('is named by time and name, and numbered when the name is taken', async () => {
    const runs = join(root, '.lift', 'runs');
    const first = await createRunFolder(runs, 'My Iris: v2/3.csv', undefined, noon);
    const second = await createRunFolder(runs, 'My Iris: v2/3.csv', undefined, noon);
    expect(first.path).toBe(join(runs, '2026-11-23T12-00-00-3.csv'));
    expect(second.path).toBe(join(runs, '2026-11-23T12-00-00-3.csv-2'));
    expect(await readFile(join(runs, '.gitignore'), 'utf8')).toBe('*\n');
  });

  it('has a name even when nothing of the wanted one can be kept', async () => {
    const folder = await createRunFolder(root, '表', undefined, noon);
    expect(folder.path).toBe(join(root, '2026-11-23T12-00-00-run'));
  });

  it('refuses an output folder that holds something', async () => {
    await writeFile(join(root, 'thesis.txt'), 'mine');
    await expect(createRunFolder(root, 'iris', root, noon)).rejects.toMatchObject({ code: 'usage' });
    const empty = join(root, 'empty');
    await mkdir(empty);
    expect((await createRunFolder(root, 'iris', empty, noon)).path).toBe(empty);
  });
});

describe('the state of a run', () => {
  it('is read back as written', async () => {
    const folder = runFolderAt(root);
    const written = await writeRunState(folder, stateOf('done'));
    expect(await readRunState(folder)).toEqual(written);
  });

  it('is running while its process beats, and stopped when that process is gone', async () => {
    const folder = runFolderAt(root);
    await writeRunState(folder, stateOf('running'));
    expect((await readRunState(folder)).state).toBe('stopped');
    const stop = await startHeartbeat(folder, () => undefined);
    expect((await readRunState(folder)).state).toBe('running');
    expect(await runningProcess(folder)).toBe(process.pid);
    await stop();
    expect((await readRunState(folder)).state).toBe('stopped');
  });

  it('takes a run whose folder is deleted for cancelled', async () => {
    const folder = runFolderAt(join(root, 'deleted'));
    await mkdir(folder.path);
    let cancel = (): void => undefined;
    const cancelled = new Promise<void>((resolve) => (cancel = resolve));
    const end = await startHeartbeat(folder, () => {
      cancel();
    });
    await rm(folder.path, { recursive: true });
    await cancelled;
    await end();
  });

  it('does not take an old heartbeat for life although its process number is in use', async () => {
    const folder = runFolderAt(root);
    const hourAgo = Date.now() - 3_600_000;
    await writeFile(folder.engine, JSON.stringify({ pid: process.pid, host: hostname(), time: hourAgo }));
    expect(await runningProcess(folder)).toBeUndefined();
  });

  it('refuses a folder that is no run and a state that was damaged', async () => {
    const folder = runFolderAt(root);
    await expect(readRunState(folder)).rejects.toMatchObject({ code: 'run-invalid' });
    await writeFile(folder.state, '{"version": 1');
    await expect(readRunState(folder)).rejects.toMatchObject({ code: 'run-invalid' });
    await writeFile(folder.state, '{"version": 9}');
    await expect(readRunState(folder)).rejects.toMatchObject({ code: 'run-invalid' });
  });
});

describe('the cancel file', () => {
  it('reaches the process that works on the run, and is gone afterwards', async () => {
    const folder = runFolderAt(root);
    let stop: (() => Promise<void>) | undefined;
    const cancelled = new Promise<void>((resolve) => {
      void startHeartbeat(folder, resolve).then((end) => {
        stop = end;
        return requestCancel(folder);
      });
    });
    await cancelled;
    await stop?.();
    expect(await readdir(root)).toEqual([]);
  });
});

describe('the log of a run', () => {
  const notice = (message: string): RunEvent => ({ event: 'notice', level: 'info', message });

  it('is followed from its beginning to the end of the run', async () => {
    const folder = runFolderAt(root);
    const told: RunEvent[] = [];
    const log = openRunLog(folder, (event) => told.push(event));
    log.emit(notice('before'));
    let over = false;
    const followed: RunEvent[] = [];
    for await (const event of followRunLog(folder, () => Promise.resolve(over))) {
      followed.push(event);
      if (followed.length === 1) log.emit(notice('während'));
      if (followed.length === 2) over = true;
    }
    log.close();
    expect(followed).toEqual([notice('before'), notice('während')]);
    expect(followed).toEqual(told);
  });

  it('carries a time on every line', async () => {
    const folder = runFolderAt(root);
    const log = openRunLog(folder, () => undefined);
    log.emit(notice('hello'));
    log.close();
    const [line] = (await readFile(folder.log, 'utf8')).split('\n');
    expect(Date.parse((JSON.parse(line!) as { time: string }).time)).not.toBeNaN();
  });

  it('skips lines that were cut by a crash or come from another version', async () => {
    const folder = runFolderAt(root);
    await writeFile(folder.log, `{"event":"not\n{"event":"from-the-future"}\n${JSON.stringify(notice('kept'))}\n{"ev`);
    const followed: RunEvent[] = [];
    for await (const event of followRunLog(folder, () => Promise.resolve(true))) followed.push(event);
    expect(followed).toEqual([notice('kept')]);
  });
});
