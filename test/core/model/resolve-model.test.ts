import { existsSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openModelFolder } from '../../../src/core/model/open-model-folder';
import { findPackageRoot } from '../../../src/core/model/package-root';
import { temporaryFolders } from './temporary-folder';
import { tinyHub } from './tiny-hub';
import { writeTinyModel } from './tiny-model';

const newFolder = temporaryFolders();
const tiny = tinyHub();

describe('other ways to name a model', () => {
  it('opens the embedded model of the package', async () => {
    const packageRoot = await newFolder();
    await expect(tiny.get({ packageRoot }, 'embedded')).rejects.toMatchObject({
      code: 'model-not-found',
      message: expect.stringContaining('embedded model is missing') as string,
    });
    await mkdir(join(packageRoot, 'base-model'));
    await writeTinyModel(join(packageRoot, 'base-model'));
    expect((await tiny.get({ packageRoot }, 'embedded')).path).toBe(join(packageRoot, 'base-model'));
  });

  it('opens a folder, relative to a given one, before it asks the hub', async () => {
    const baseFolder = await newFolder();
    await mkdir(join(baseFolder, 'org', 'tiny'), { recursive: true });
    await writeTinyModel(join(baseFolder, 'org', 'tiny'));
    await cp(join(baseFolder, 'org', 'tiny'), join(baseFolder, 'copy'), { recursive: true });
    const copy = await openModelFolder(join(baseFolder, 'copy'));
    expect((await tiny.get({ baseFolder })).hash).toBe(copy.hash);
    expect((await tiny.get({ baseFolder }, './copy')).path).toBe(copy.path);
    expect((await tiny.get({}, copy.path)).path).toBe(copy.path);
    expect(tiny.hub.requests).toEqual([]);
  });

  it.each(['./absent', '/no/such/folder', '../a/b/c', '~/no/such/model', 'C:\\models\\a'])(
    'says that there is no folder %s instead of asking the hub',
    async (path) => {
      await expect(tiny.get({}, path)).rejects.toMatchObject({ code: 'model-not-found' });
      expect(tiny.hub.requests).toEqual([]);
    },
  );

  it('finds the package from its sources', () => {
    expect(existsSync(join(findPackageRoot(), 'src', 'core', 'model'))).toBe(true);
    expect(() => findPackageRoot('/')).toThrow('No package.json');
  });
});
