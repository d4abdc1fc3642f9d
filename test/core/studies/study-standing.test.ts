import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { LiftError } from '../../../src/core/foundation/lift-error';
import { leaving } from '../../../src/core/run/backend';
import { phrase } from '../../../src/core/foundation/phrase';
import { workAlone } from '../../../src/core/run/folder/work-alone';
import { liftVersion } from '../../../src/core/run/folder/versions';
import { openStudyFolder, studyFolderAt } from '../../../src/core/studies/study-folder';
import type { StudyFolder } from '../../../src/core/studies/study-folder';
import { interruptedStudies, keepStanding, letRest, requireUnchanged } from '../../../src/core/studies/study-standing';
import { temporaryFolder } from '../../helpers/bundle';

let root: string;
let table: string;
beforeAll(async () => {
  root = await temporaryFolder();
  table = join(root, 'iris.csv');
  await writeFile(table, 'length,species\n1,setosa\n');
});

async function begun(parent: string, name: string, lift = liftVersion): Promise<StudyFolder> {
  const folder = studyFolderAt(join(root, parent, name));
  const sha256 = createHash('sha256')
    .update(await readFile(table))
    .digest('hex');
  await openStudyFolder(folder, {
    study: 'label-noise',
    dataset: { path: table, bytes: 1, sha256 },
    seeds: [0, 1],
    models: [],
    recipe: { name: 'iris' },
    lift,
  });
  return folder;
}

const running = { state: 'running', runs: 12, done: 5 } as const;
const standingOf = async ({ standing }: StudyFolder): Promise<unknown> => JSON.parse(await readFile(standing, 'utf8'));

/** Work that comes as far as five runs, and then ends by an error. */
function endBy(folder: StudyFolder, error: Error, signal?: AbortSignal): Promise<unknown> {
  const work = keepStanding(folder, signal, async (keep) => {
    await keep(running);
    throw error;
  });
  return expect(work).rejects.toBe(error);
}

describe('the standing of a study', () => {
  it('tells who stopped from what failed, and from a window that was closed', async () => {
    const folder = await begun('ends', 'one');
    await endBy(folder, new LiftError('cancelled', 'Cancelled.'), AbortSignal.abort());
    expect(await standingOf(folder)).toEqual({ ...running, state: 'stopped' });
    await endBy(folder, new LiftError('disk-full', 'Full.'));
    expect(await standingOf(folder)).toEqual({ ...running, state: 'failed' });
    await endBy(folder, new LiftError('cancelled', 'Cancelled.'), AbortSignal.abort(leaving));
    expect(await standingOf(folder)).toEqual(running);
  });

  it('finds the interrupted ones, with what goes on with them', async () => {
    expect(await interruptedStudies(join(root, 'none'))).toEqual([]);
    const left = await begun('some', 'left');
    const stopped = await begun('some', 'stopped');
    await begun('some', 'hardly-begun');
    await writeFile(left.standing, JSON.stringify(running));
    await writeFile(stopped.standing, JSON.stringify({ ...running, state: 'stopped' }));
    const found = await interruptedStudies(join(root, 'some'));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ name: 'iris', standing: running });
    expect(found[0]!.request).toMatchObject({
      name: 'label-noise',
      dataset: table,
      recipe: left.recipe,
      seeds: [0, 1],
      out: left.path,
      beside: false,
    });
    await letRest(found[0]!);
    expect(await interruptedStudies(join(root, 'some'))).toEqual([]);
  });

  it('waits for a process that is about to end', async () => {
    const folder = await begun('ending', 'one');
    await writeFile(folder.standing, JSON.stringify(running));
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const work = workAlone(folder, phrase`the study`, undefined, () => ended);
    await expect.poll(() => readFile(folder.engine, 'utf8').catch(() => '')).not.toBe('');
    const search = interruptedStudies(join(root, 'ending'));
    end();
    await work;
    expect(await search).toHaveLength(1);
  });

  it('is not gone on with after its table, or LIFT, has changed', async () => {
    const now = await begun('changed', 'now');
    const before = await begun('changed', 'before', '0.0.1');
    for (const { standing } of [now, before]) await writeFile(standing, JSON.stringify(running));
    const studies = await interruptedStudies(join(root, 'changed'));
    const [ofThis, ofOther] = [now, before].map(({ path }) => studies.find(({ folder }) => folder.path === path)!);
    await expect(requireUnchanged(ofOther!)).rejects.toMatchObject({
      code: 'run-invalid',
      message: expect.stringContaining('Version 0.0.1 of LIFT has begun this study') as string,
    });
    await expect(requireUnchanged(ofThis!)).resolves.toBeUndefined();
    await writeFile(table, 'length,species\n2,setosa\n');
    await expect(requireUnchanged(ofThis!)).rejects.toMatchObject({
      code: 'run-invalid',
      message: `${table} has changed since the study was begun.`,
    });
  });
});
