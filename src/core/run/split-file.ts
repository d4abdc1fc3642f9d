import { writeFileAtomically } from '../foundation/atomic-file';
import type { PreparedTask } from './prepare-task';
import type { RunFolder } from './run-folder';

/** `split.json`: the record numbers in the file (0-based, the header not counted) of each part, and what leaks between. */
export async function writeSplit(folder: RunFolder, { table, parts }: PreparedTask): Promise<void> {
  const ids = (rows: readonly number[]): number[] => rows.map((row) => table.rowIds[row]!);
  const content = {
    train: ids(parts.train),
    trainedOn: ids(parts.trainedOn),
    validation: ids(parts.validation),
    test: ids(parts.test),
    unlabelled: ids(parts.unlabelled),
    leak: parts.leak,
  };
  await writeFileAtomically(folder.split, `${JSON.stringify(content)}\n`);
}
