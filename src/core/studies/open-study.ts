import { writeFileAtomically } from '../foundation/atomic-file';
import { phrase } from '../foundation/phrase';
import { Random } from '../foundation/random';
import { LiftError } from '../foundation/lift-error';
import { writeRecipe } from '../recipe/document/write-recipe';
import { chooseRecipe } from '../run/task/choose-recipe';
import type { RunContext } from '../run/events';
import { fingerprint } from '../run/folder/fingerprint';
import { readDataset } from '../run/task/read-dataset';
import { splitRows } from '../run/task/split-rows';
import type { RowParts } from '../run/task/split-rows';
import { StageClock } from '../run/progress/stage-clock';
import { liftVersion } from '../run/folder/versions';
import { planStudy } from './fitness';
import type { StudyRequest } from './requests';
import type { StudyInput, StudyKind, StudyRun } from './study';
import { openStudyFolder, studyFolderFor } from './study-folder';
import type { StudyFolder } from './study-folder';
import { studyKind } from './study-kinds';
import { begunSeeds } from './study-standing';

/** With fewer a study would compare chance with chance. */
const leastTestRows = 5;

/** A study with its plan, ready to be done. */
export interface OpenedStudy {
  readonly kind: StudyKind;
  readonly folder: StudyFolder;
  readonly input: StudyInput;
  readonly runs: readonly StudyRun[];
}

/** Reads the table, makes the folder and plans the runs. */
export async function openStudy(request: StudyRequest, context: RunContext): Promise<OpenedStudy> {
  const kind = studyKind(request.name);
  const table = await readDataset(request.dataset, new StageClock(context), context);
  const recipe = await chooseRecipe(table, request, context.emit);
  const identity = {
    study: kind.name,
    dataset: { path: request.dataset, ...(await fingerprint(request.dataset, context.signal)) },
    seeds: request.seeds,
    models: request.models,
    recipe,
    lift: liftVersion,
  };
  const folder = await studyFolderFor(request.out, identity, request.beside);
  const splits = new Map<number, RowParts>();
  const parts = (seed: number): RowParts => {
    let split = splits.get(seed);
    if (!split) {
      const seeded = { ...recipe, split: { ...recipe.split, seed }, training: { ...recipe.training, seed } };
      splits.set(seed, (split = splitRows(table, seeded, () => undefined)));
    }
    return split;
  };
  const random = (seed: number, purpose: string): Random => Random.derive(seed, `study ${purpose}`);
  const { seeds, models } = request;
  const input: StudyInput = { table, recipe, seeds, models, folder: folder.path, parts, random };
  const { test } = parts(seeds[0]!);
  if (test.length < leastTestRows) {
    throw new LiftError(
      'usage',
      phrase`A study judges by the test rows, of which this table has ${test.length}: at least ${leastTestRows} are needed, and with few all is chance.`,
      'Use a table with more rows, or let split.test be a larger share of them.',
    );
  }
  const runs = await planStudy(kind, input);
  // Whoever wants to hear how long it takes has not wanted it with these seeds yet.
  if (!request.estimateOnly || (await begunSeeds(folder.path)) === undefined) {
    await openStudyFolder(folder, identity);
    await writeFileAtomically(folder.recipe, writeRecipe({ ...recipe, dataset: request.dataset }));
  }
  return { kind, folder, input, runs };
}
