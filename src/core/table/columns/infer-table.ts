import { amount, phrase } from '../../foundation/phrase';
import { describeColumn } from './describe-column';
import { inferColumn } from './infer-column';
import type { Cell, Column, Repair } from '../table';

export interface InferTableOptions {
  /** Whether the rows are a part of the file's. */
  readonly isSample: boolean;
  readonly delimiter: string;
  readonly missingTokens?: readonly string[] | undefined;
}

export interface InferredTable {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  readonly repairs: readonly Repair[];
}

/** After this many columns with the same kind of repair, the others are told in one sentence. */
const listedColumns = 5;

/** One distinct text of a column. */
interface Entry {
  count: number;
  /** What the text becomes. */
  cell: Cell;
}

/**
 * Infers the columns from rows of texts. The rows are changed in place, to keep one copy in memory: missing values become
 * null, numbers canonical, and equal texts of a column one string.
 */
export function inferTable(names: readonly string[], texts: string[][], options: InferTableOptions): InferredTable {
  const rows: Cell[][] = texts;
  const repairs = new Map<string, Repair[]>();
  const columns = names.map((name, index) => {
    const entries = new Map<string, Entry>();
    const entryOf = texts.map((row) => countedEntry(entries, row[index]!));
    const counts = new Map<string, number>();
    for (const [text, { count }] of entries) counts.set(text, count);
    const { delimiter, missingTokens, isSample } = options;
    const inferred = inferColumn({ name, counts, rows: rows.length, delimiter }, missingTokens);
    for (const [text, cell] of inferred.cells) entries.get(text)!.cell = cell;
    for (const [row, cells] of rows.entries()) cells[index] = entryOf[row]!.cell;
    for (const repair of inferred.repairs) repairs.set(repair.kind, [...(repairs.get(repair.kind) ?? []), repair]);
    return describeColumn({ name, index }, inferred, entries.values(), isSample);
  });
  return { columns, rows, repairs: [...repairs.values()].flatMap(summarised) };
}

function countedEntry(entries: Map<string, Entry>, text: string): Entry {
  let entry = entries.get(text);
  if (!entry) entries.set(text, (entry = { count: 0, cell: text }));
  entry.count++;
  return entry;
}

function summarised(repairs: readonly Repair[]): readonly Repair[] {
  const rest = repairs.slice(listedColumns);
  if (rest.length === 0) return repairs;
  const count = rest.reduce((sum, repair) => sum + repair.count, 0);
  const message = phrase`The same in ${rest.length} more columns (${amount(count)} cells).`;
  return [...repairs.slice(0, listedColumns), { kind: repairs[0]!.kind, message, count }];
}
