import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { writeFileAtomically } from '../../foundation/atomic-file';
import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { SplitPart } from './predictions-file';
import type { PreparedTask } from '../task/prepare-task';
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

const RowIds = v.array(v.number());
const Parts = v.object({ train: RowIds, validation: RowIds, test: RowIds, unlabelled: RowIds });

/** The part of each row of the training table, by its record number. Throws `run-invalid` when the file is damaged. */
export async function readSplitParts(folder: RunFolder): Promise<Map<number, SplitPart>> {
  try {
    const parts = v.parse(Parts, JSON.parse(await readFile(folder.split, 'utf8')));
    const names = ['train', 'validation', 'test', 'unlabelled'] as const;
    return new Map(names.flatMap((name) => parts[name].map((rowId) => [rowId, name] as const)));
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new LiftError('run-invalid', phrase`${folder.split} cannot be understood: ${reason}`, 'Train again.', {
      cause,
    });
  }
}
