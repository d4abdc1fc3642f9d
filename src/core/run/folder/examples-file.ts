import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { writeFileAtomically } from '../../foundation/atomic-file';
import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { Recipe } from '../../recipe/recipe';
import type { Table } from '../../table/table';

/** The part of a table that these rows are, with the same columns. */
export function restrictTable(table: Table, rows: readonly number[]): Table {
  return {
    ...table,
    rows: rows.map((row) => table.rows[row]!),
    rowIds: rows.map((row) => table.rowIds[row]!),
    lineNumbers: rows.map((row) => table.lineNumbers[row]!),
    repairs: [],
  };
}

/** Whether predictions need the training rows: in prompts, or to ask them themselves. */
export function needsExamples({ examples, prediction }: Pick<Recipe, 'examples' | 'prediction'>): boolean {
  return examples.rows > 0 || prediction.neighbours;
}

const Head = v.looseObject({ columns: v.array(v.looseObject({ name: v.string(), index: v.number() })) });
const Row = v.tuple([v.number(), v.number(), v.array(v.nullable(v.string()))]);

/**
 * Keeps a table in a run folder, exactly as it was understood, so that a prediction years later finds the same neighbours:
 * JSON lines, first what the table is, then `[row id, line number, cells]`.
 */
export async function writeExamples(path: string, { rows, rowIds, lineNumbers, ...head }: Table): Promise<void> {
  const lines = rows.map((cells, index) => JSON.stringify([rowIds[index], lineNumbers[index], cells]));
  await writeFileAtomically(path, `${[JSON.stringify(head), ...lines].join('\n')}\n`);
}

/** Reads what `writeExamples` wrote. Throws `run-invalid` when it was damaged. */
export async function readExamples(path: string): Promise<Table> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw LiftError.from(error);
  }
  try {
    const [first, ...others] = text.trimEnd().split('\n');
    const head = v.parse(v.pipe(v.string(), v.parseJson(), Head), first);
    const rows = others.map((line) => v.parse(v.pipe(v.string(), v.parseJson(), Row), line));
    return {
      ...(head as unknown as Omit<Table, 'rows' | 'rowIds' | 'lineNumbers'>),
      rows: rows.map(([, , cells]) => cells),
      rowIds: rows.map(([rowId]) => rowId),
      lineNumbers: rows.map(([, lineNumber]) => lineNumber),
    };
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new LiftError('run-invalid', phrase`${path} cannot be understood: ${reason}`, 'Train again.', { cause });
  }
}
