import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LiftError } from '../../../../src/core/foundation/lift-error';
import type { FineTuneResult } from '../../../../src/core/run/requests';
import { runFolderAt } from '../../../../src/core/run/folder/run-folder';
import type { RunFolder } from '../../../../src/core/run/folder/run-folder';
import { readRunResult, writeRunResult } from '../../../../src/core/run/folder/run-result';
import { workOnRun } from '../../../../src/core/run/folder/run-session';
import { readRunState, writeRunState } from '../../../../src/core/run/folder/run-state';
import type { RunState } from '../../../../src/core/run/folder/run-state';

let folder: RunFolder;
let created: RunState;

beforeEach(async () => {
  folder = runFolderAt(await mkdtemp(join(tmpdir(), 'lift-result-')));
  created = await writeRunState(folder, {
    version: 1,
    name: 'iris',
    state: 'created',
    createdAt: '2026-11-23T12:00:00Z',
    updatedAt: '2026-11-23T12:00:00Z',
    versions: { lift: '0.1.0', node: 'v20' },
    task: 'classification',
    target: 'species',
    model: { id: 'embedded', path: '/model', hash: 'ab' },
    dataset: { path: '/iris.csv', bytes: 1, sha256: 'cd' },
    timing: {},
  });
});

afterEach(async () => {
  await rm(folder.path, { recursive: true });
});

const context = { emit: () => undefined };

describe('work on a run', () => {
  it('leaves a result that can be read back', async () => {
    const result: FineTuneResult = {
      run: folder.path,
      task: 'classification',
      metrics: { test: { accuracy: 1 }, validation: {}, baselines: {} },
      timing: { total: 2 },
      fallbacks: {},
      samples: [],
    };
    await workOnRun(folder, created, [], context, async () => {
      expect((await readRunState(folder)).state).toBe('running');
      await expect(readRunResult(folder.path)).rejects.toMatchObject({ code: 'run-invalid' });
      await writeRunResult(folder, result, { confusion: [] });
      return { result, timing: result.timing };
    });
    expect(await readRunState(folder)).toMatchObject({ state: 'done', timing: { total: 2 } });
    expect(await readRunResult(folder.path)).toEqual(result);
  });

  it.each([
    ['cancelled', 'stopped'],
    ['disk-full', 'stopped'],
    ['recipe-invalid', 'failed'],
  ] as const)('that ends with %s leaves the run %s', async (code, state) => {
    const error = new LiftError(code, 'It ended.', 'Do something.');
    const work = workOnRun(folder, created, [], context, () => Promise.reject(error));
    await expect(work).rejects.toBe(error);
    expect((await readRunState(folder)).state).toBe(state);
    const read = state === 'failed' ? { code, message: 'It ended.', hint: 'Do something.' } : { code: 'cancelled' };
    await expect(readRunResult(folder.path)).rejects.toMatchObject(read);
  });

  it('forgets an earlier error when the run is continued', async () => {
    const failed = { ...created, state: 'failed', error: { code: 'internal', message: 'x', hint: '' } } as const;
    await workOnRun(folder, failed, [], context, () => Promise.resolve({ result: 1, timing: {} }));
    expect((await readRunState(folder)).error).toBeUndefined();
  });

  it('writes to the log what was said before there was a folder', async () => {
    const early = { event: 'notice', level: 'warning', message: 'repaired' } as const;
    const said: unknown[] = [];
    const hearing = { emit: (event: unknown) => said.push(event) };
    await workOnRun(folder, created, [early], hearing, () => Promise.resolve({ result: 1, timing: {} }));
    expect(await readFile(folder.log, 'utf8')).toContain('"message":"repaired"');
    expect(said).toEqual([]);
  });
});

describe('a damaged result', () => {
  it('is refused', async () => {
    await writeRunState(folder, { ...created, state: 'done' });
    await expect(readRunResult(folder.path)).rejects.toMatchObject({ code: 'run-invalid' });
    await writeFile(folder.metrics, '{"test": 1}');
    await expect(readRunResult(folder.path)).rejects.toMatchObject({ code: 'run-invalid' });
  });
});
