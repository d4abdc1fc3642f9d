import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FileStore, MemoryStore } from '../../../../src/core/training/trunk/hidden-store';
import { temporaryFolders } from '../../model/temporary-folder';

const newFolder = temporaryFolders();

describe.each(['memory', 'file'])('the %s store', (kind) => {
  it('gives each array back, at any place', async () => {
    const folder = await newFolder();
    const store = kind === 'memory' ? new MemoryStore() : await FileStore.create(join(folder, 'trunk.bin'));
    const first = await store.write(Float32Array.of(1, 2, 3));
    const second = await store.write(Float32Array.of(4, 5));
    const target = new Float32Array(7);
    await second.readInto(target, 0);
    await first.readInto(target, 3);
    expect([...target]).toEqual([4, 5, 0, 1, 2, 3, 0]);
    await store.close();
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('FileStore', () => {
  it('says that its folder does not exist', async () => {
    const path = join(await newFolder(), 'none', 'trunk.bin');
    await expect(FileStore.create(path)).rejects.toMatchObject({ code: 'file-not-found' });
  });
});
