import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeFileAtomically } from '../../../src/core/foundation/atomic-file';
import { LiftError } from '../../../src/core/foundation/lift-error';
import { requireWritable } from '../../../src/core/foundation/require-writable';
import { temporaryFolder } from '../../helpers/bundle';

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});

describe('a file to be written later', () => {
  it('is tried without leaving a trace, and what stands there is left as it is', async () => {
    const path = join(folder, 'made.csv');
    await requireWritable(path);
    expect(await readdir(folder)).toEqual([]);
    await writeFile(path, 'a,b\n');
    await requireWritable(path);
    expect(await readFile(path, 'utf8')).toBe('a,b\n');
  });

  it('is refused where there is no folder, or a folder has its name', async () => {
    await mkdir(join(folder, 'taken'));
    const nowhere = requireWritable(join(folder, 'nowhere', 'made.csv'));
    await expect(nowhere).rejects.toMatchObject({
      code: 'file-unwritable',
      message: `There is no folder ${join(folder, 'nowhere')}.`,
    });
    await expect(requireWritable(join(folder, 'taken'))).rejects.toMatchObject({ code: 'file-unwritable' });
  });

  it.skipIf(process.platform !== 'linux')('is refused in a folder that takes no files', async () => {
    await expect(requireWritable('/proc/made.csv')).rejects.toMatchObject({
      code: 'file-unwritable',
      message: 'No file can be written in /proc.',
    });
  });
});

it('is named by its own name when it cannot be written', async () => {
  const path = join(folder, 'nowhere', 'made.csv');
  const error: unknown = await writeFileAtomically(path, 'a').catch((thrown: unknown) => thrown);
  expect(LiftError.from(error).message).toBe(`${path} does not exist.`);
});
