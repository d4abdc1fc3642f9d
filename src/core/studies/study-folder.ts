import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../foundation/atomic-file';
import { LiftError } from '../foundation/lift-error';

/** Where things lie in the folder of a study. */
export interface StudyFolder {
  readonly path: string;
  /** What the study is: it is continued only as what it was begun. */
  readonly identity: string;
  /** The recipe that the runs share. */
  readonly recipe: string;
  readonly tables: string;
  readonly runs: string;
  readonly results: string;
  readonly csv: string;
  readonly report: string;
}

/** The paths; nothing is read or made. */
export function studyFolderAt(path: string): StudyFolder {
  return {
    path,
    identity: join(path, 'study.json'),
    recipe: join(path, 'recipe.lift.json'),
    tables: join(path, 'tables'),
    runs: join(path, 'runs'),
    results: join(path, 'results.json'),
    csv: join(path, 'results.csv'),
    report: join(path, 'report.html'),
  };
}

/**
 * Makes the folder, or finds it again to continue it.
 * @param identity everything that decides the results: of another study the folder is refused
 * @throws LiftError `usage` when it holds another study
 */
export async function openStudyFolder(path: string, identity: unknown): Promise<StudyFolder> {
  const folder = studyFolderAt(path);
  const text = `${JSON.stringify(identity, undefined, 2)}\n`;
  const before = await readFile(folder.identity, 'utf8').catch(() => undefined);
  if (before !== undefined && before !== text) {
    throw new LiftError(
      'usage',
      `${path} holds a study with other settings, or of a table that has changed since.`,
      'Name another folder with --out, or delete this one.',
    );
  }
  try {
    await mkdir(folder.tables, { recursive: true });
    await mkdir(folder.runs, { recursive: true });
    if (before === undefined) await writeFileAtomically(folder.identity, text);
  } catch (error) {
    throw LiftError.from(error);
  }
  return folder;
}
