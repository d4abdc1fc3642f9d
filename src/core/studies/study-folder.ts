import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { writeFileAtomically } from '../foundation/atomic-file';
import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import type { WorkPlace } from '../run/folder/heartbeat';

/** Where things lie in the folder of a study. */
export interface StudyFolder extends WorkPlace {
  /** What the study is: it is continued only as what it was begun. */
  readonly identity: string;
  /** How far it is, and whether it was stopped. */
  readonly standing: string;
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
    standing: join(path, 'standing.json'),
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

/** Everything that decides the results of a study, and its seeds, each of which has runs of its own. */
export type StudyIdentity = object;

/**
 * Where a study goes: to the folder that is named, which may hold the beginning of the very same one. With other seeds it is
 * the same study: their runs stand beside each other, and what is done is not done again.
 * @param beside what to do where it holds another: take the next of `name-2`, `name-3`, … rather than refuse
 * @throws LiftError `usage` when it holds another study
 */
export async function studyFolderFor(path: string, identity: StudyIdentity, beside: boolean): Promise<StudyFolder> {
  for (let number = 1; ; number++) {
    const folder = studyFolderAt(number === 1 ? path : `${path}-${number}`);
    const held = await readFile(folder.identity, 'utf8').catch(() => undefined);
    if (held === undefined || isSame(held, identity)) return folder;
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
export async function openStudyFolder(folder: StudyFolder, identity: StudyIdentity): Promise<void> {
  try {
    await mkdir(folder.tables, { recursive: true });
    await mkdir(folder.runs, { recursive: true });
    await writeFileAtomically(folder.identity, identityText(identity));
  } catch (error) {
    throw LiftError.from(error);
  }
}

function isSame(held: string, identity: StudyIdentity): boolean {
  try {
    return isDeepStrictEqual(withoutSeeds(held), withoutSeeds(identityText(identity)));
  } catch {
    // It was not written by a study.
    return false;
  }
}

/** The recipe's own way to the table depends on where the recipe lies; the table itself is named beside it. */
function withoutSeeds(text: string): unknown {
  const identity = JSON.parse(text) as { readonly recipe?: object };
  return { ...identity, seeds: [], recipe: { ...identity.recipe, dataset: '' } };
}

function identityText(identity: StudyIdentity): string {
  return `${JSON.stringify(identity, undefined, 2)}\n`;
}
