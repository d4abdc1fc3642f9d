import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CheckpointFolder } from '../../../src/core/training/checkpoint';
import type { TrainingState } from '../../../src/core/training/training-state';
import { freshState } from '../../../src/core/training/training-state';
import { temporaryFolders } from '../model/temporary-folder';

const newFolder = temporaryFolders();

/** A state after `step` steps, with numbers that no text form would keep by accident. */
function stateAt(step: number): TrainingState {
  const data = Float32Array.from({ length: 6 }, (_, index) => Math.fround(Math.sin(step * 7 + index) / 3));
  const state = freshState(
    new Map([
      ['b', { shape: [6], data }],
      ['a', { shape: [2, 3], data: data.slice().reverse() }],
    ]),
  );
  state.moments.get('a')!.first.fill(step / 3);
  state.moments.get('b')!.second.fill(step / 7);
  Object.assign(state.progress, { step, stepInEpoch: step, updates: step, lossSum: step / 3, weightSum: 2 });
  return state;
}

function withBest(state: TrainingState, epoch: number): TrainingState {
  state.bestParameters = new Map([['a', { shape: [2, 3], data: new Float32Array(6).fill(epoch / 9) }]]);
  state.progress.best = { epoch, validationLoss: 1 / (epoch + 3) };
  state.progress.history.push({ epoch, trainLoss: 0.1, validationLoss: 1 / (epoch + 3) });
  return state;
}

describe('CheckpointFolder', () => {
  it('gives back exactly what was saved', async () => {
    const folder = await newFolder();
    const state = withBest(stateAt(3), 2);
    await new CheckpointFolder(folder, 'this').save(state);
    const loaded = await new CheckpointFolder(folder, 'this').load();
    expect(loaded).toEqual(state);
  });

  it('has nothing to give from an empty or missing folder', async () => {
    const folder = await newFolder();
    expect(await new CheckpointFolder(folder, 'this').load()).toBeUndefined();
    expect(await new CheckpointFolder(join(folder, 'none'), 'this').load()).toBeUndefined();
  });

  it('keeps the files of the last checkpoint only, and what is not its own', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'notes.txt'), 'mine');
    const checkpoint = new CheckpointFolder(folder, 'this');
    await checkpoint.save(stateAt(1));
    await checkpoint.save(withBest(stateAt(2), 1));
    await checkpoint.save(withBest(stateAt(3), 2));
    expect((await readdir(folder)).sort()).toEqual([
      'best-2.safetensors',
      'checkpoint.json',
      'notes.txt',
      'state-3.safetensors',
    ]);
  });

  it('gives the checkpoint before when a process died before the next manifest was in place', async () => {
    const folder = await newFolder();
    const first = withBest(stateAt(1), 1);
    const checkpoint = new CheckpointFolder(folder, 'this');
    await checkpoint.save(first);
    const manifest = await readFile(join(folder, 'checkpoint.json'));
    // The next checkpoint up to the moment before its manifest was renamed: new files beside the old ones.
    const files = new Map<string, Buffer>();
    for (const name of await readdir(folder)) files.set(name, await readFile(join(folder, name)));
    await checkpoint.save(withBest(stateAt(2), 2));
    for (const [name, content] of files) await writeFile(join(folder, name), content);
    await writeFile(join(folder, 'checkpoint.json'), manifest);
    await writeFile(join(folder, 'state-9.safetensors.123.tmp'), 'half');

    const next = new CheckpointFolder(folder, 'this');
    expect(await next.load()).toEqual(first);
    await next.save(stateAt(2));
    expect((await readdir(folder)).sort()).toEqual(['best-1.safetensors', 'checkpoint.json', 'state-2.safetensors']);
  });

  it('refuses to continue another training', async () => {
    const folder = await newFolder();
    await new CheckpointFolder(folder, 'this').save(stateAt(1));
    await expect(new CheckpointFolder(folder, 'that').load()).rejects.toMatchObject({
      code: 'run-invalid',
      message: expect.stringContaining('belongs to another training') as string,
    });
  });

  it.each(['state-1.safetensors', 'best-1.safetensors'])('notices a changed byte in %s', async (name) => {
    const folder = await newFolder();
    await new CheckpointFolder(folder, 'this').save(withBest(stateAt(1), 1));
    const content = await readFile(join(folder, name));
    content[content.length - 2]! ^= 1;
    await writeFile(join(folder, name), content);
    await expect(new CheckpointFolder(folder, 'this').load()).rejects.toMatchObject({
      code: 'run-invalid',
      message: expect.stringContaining(name) as string,
    });
  });

  it.each([
    ['cut short', (content: Buffer) => content.subarray(0, content.length - 5)],
    ['empty', () => Buffer.alloc(0)],
  ])('notices a state file that is %s', async (_, damage) => {
    const folder = await newFolder();
    await new CheckpointFolder(folder, 'this').save(stateAt(1));
    const path = join(folder, 'state-1.safetensors');
    await writeFile(path, damage(await readFile(path)));
    await expect(new CheckpointFolder(folder, 'this').load()).rejects.toMatchObject({ code: 'run-invalid' });
  });

  it('notices a manifest that is none', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'checkpoint.json'), '{"version":');
    await expect(new CheckpointFolder(folder, 'this').load()).rejects.toMatchObject({ code: 'run-invalid' });
  });
});
