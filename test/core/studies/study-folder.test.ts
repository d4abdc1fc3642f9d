import { mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { phrase } from '../../../src/core/foundation/phrase';
import { workAlone } from '../../../src/core/run/folder/work-alone';
import { openStudyFolder, studyFolderAt, studyFolderFor } from '../../../src/core/studies/study-folder';
import { temporaryFolder } from '../../helpers/bundle';

let root: string;
beforeAll(async () => {
  root = await temporaryFolder();
});

const begin = async (path: string, identity: object): Promise<void> => {
  await openStudyFolder(studyFolderAt(path), identity);
};

describe('the folder of a study', () => {
  it('is found again by the very same study, and refused to another', async () => {
    const path = join(root, 'names-iris');
    await begin(path, { rows: 150 });
    expect((await studyFolderFor(path, { rows: 150 }, false)).path).toBe(path);
    await expect(studyFolderFor(path, { rows: 149 }, false)).rejects.toMatchObject({ code: 'usage' });
  });

  it('is the same with other seeds, and wherever its recipe lies', async () => {
    const path = join(root, 'label-noise-iris');
    await begin(path, { rows: 150, seeds: [0], recipe: { name: 'iris', dataset: 'iris.csv' } });
    const again = { recipe: { dataset: '/tables/iris.csv', name: 'iris' }, seeds: [0, 1, 2], rows: 150 };
    expect((await studyFolderFor(path, again, false)).path).toBe(path);
    const other = { ...again, recipe: { ...again.recipe, name: 'irises' } };
    await expect(studyFolderFor(path, other, false)).rejects.toMatchObject({ code: 'usage' });
  });

  it('is not one in which something else is kept', async () => {
    const path = join(root, 'notes');
    await mkdir(path);
    await writeFile(join(path, 'study.json'), 'what I study');
    await expect(studyFolderFor(path, { rows: 1 }, false)).rejects.toMatchObject({ code: 'usage' });
  });

  it('is one beside it where that is wished, and stays the same for each study', async () => {
    const path = join(root, 'outliers-mpg');
    await begin(path, { rows: 1 });
    expect((await studyFolderFor(path, { rows: 2 }, true)).path).toBe(`${path}-2`);
    await begin(`${path}-2`, { rows: 2 });
    expect((await studyFolderFor(path, { rows: 3 }, true)).path).toBe(`${path}-3`);
    expect((await studyFolderFor(path, { rows: 2 }, true)).path).toBe(`${path}-2`);
    expect((await studyFolderFor(path, { rows: 1 }, true)).path).toBe(path);
  });

  it('is for one process at a time', async () => {
    const folder = studyFolderAt(join(root, 'busy'));
    await openStudyFolder(folder, {});
    const beat = { pid: process.ppid, host: hostname(), time: Date.now() };
    await writeFile(folder.engine, JSON.stringify(beat));
    const work = workAlone(folder, phrase`the study`, undefined, () => Promise.resolve('done'));
    await expect(work).rejects.toMatchObject({
      code: 'run-invalid',
      message: `Process ${process.ppid} is still at work on the study in ${folder.path}.`,
    });
    await writeFile(folder.engine, JSON.stringify({ ...beat, time: 0 }));
    await expect(workAlone(folder, phrase`the study`, undefined, () => Promise.resolve('done'))).resolves.toBe('done');
  });
});
