import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { predictionsCsv } from '../../../src/core/run/folder/predictions-file';
import { runFolderAt } from '../../../src/core/run/folder/run-folder';
import { partedCsv } from '../../../src/core/studies/parted-rows';
import type { StudyInput, StudyResult, StudyRun } from '../../../src/core/studies/study';

/** The result of a run as if it were done, in a folder with its table and with predictions made by `answer` from the cells. */
export async function doneRun(
  parent: string,
  { table }: StudyInput,
  { id, series, x, seed, rows }: StudyRun,
  answer: (cells: readonly (string | null)[]) => number,
): Promise<StudyResult> {
  const run = join(parent, id);
  const folder = runFolderAt(run);
  const dataset = join(parent, `${id}.csv`);
  await mkdir(run, { recursive: true });
  const parted = rows();
  await writeFile(
    dataset,
    partedCsv(
      table.columns.map(({ name }) => name),
      parted,
    ),
  );
  const state = {
    version: 1,
    name: id,
    state: 'done',
    createdAt: '',
    updatedAt: '',
    versions: { lift: '', node: '' },
    task: 'regression',
    target: 'price',
    model: { id: '', path: '', hash: '' },
    dataset: { path: dataset, bytes: 0, sha256: '' },
    timing: {},
  };
  await writeFile(folder.state, JSON.stringify(state));
  const target = table.columns.find(({ name }) => name === 'price')!.index;
  const predictions = parted.flatMap(({ cells, part }, row) =>
    part === 'train'
      ? []
      : [
          {
            rowId: row,
            lineNumber: row + 2,
            part,
            truth: cells[target]!,
            prediction: String(answer(cells)),
            lower: 0,
            upper: 0,
            fallback: '',
          },
        ],
  );
  await writeFile(folder.predictions, predictionsCsv(predictions, []));
  return { id, series, x, seed, metrics: { rae: 0.1 }, baselines: {}, timing: {}, run };
}
