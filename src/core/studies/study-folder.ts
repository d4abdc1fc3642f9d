import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../foundation/atomic-file';
import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import type { WorkPlace } from '../run/folder/heartbeat';

/** Where things lie in the folder of a study. */
export interface StudyFolder extends WorkPlace {
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
    engine: join(path, 'engine.json'),
    cancel: join(path, 'cancel'),
  };
}

/**
 * Where a study goes: to the folder that is named, which may hold the beginning of the very same one.
 * @param identity everything that decides the results
 * @param beside what to do where it holds another: take the next of `name-2`, `name-3`, … rather than refuse
 * @throws LiftError `usage` when it holds another study
 */
export async function studyFolderFor(path: string, identity: unknown, beside: boolean): Promise<StudyFolder> {
  for (let number = 1; ; number++) {
    const folder = studyFolderAt(number === 1 ? path : `${path}-${number}`);
    const held = await readFile(folder.identity, 'utf8').catch(() => undefined);
    if (held === undefined || held === identityText(identity)) return folder;
    if (!beside) {
      throw new LiftError(
        'usage',
        phrase`${path} holds a study with other settings, or of a table that has changed since.`,
        'Name another folder with --out, or delete this one.',
      );
    }
  }
}

/** Makes the folder, or finds it again to continue it. */
export async function openStudyFolder(folder: StudyFolder, identity: unknown): Promise<void> {
  try {
    await mkdir(folder.tables, { recursive: true });
    await mkdir(folder.runs, { recursive: true });
    await writeFileAtomically(folder.identity, identityText(identity));
  } catch (error) {
    throw LiftError.from(error);
  }
}

function identityText(identity: unknown): string {
  return `${JSON.stringify(identity, undefined, 2)}\n`;
}
