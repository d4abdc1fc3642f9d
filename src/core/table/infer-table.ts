import { describeColumn } from './describe-column';
import { inferColumn } from './infer-column';
import type { Cell, Column, Repair } from './table';

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

/**
 * Infers the columns from rows of texts. The rows are changed in place, to keep one copy in memory: missing values become
 * null, numbers canonical, and equal texts of a column one string.
 */
export function inferTable(names: readonly string[], texts: string[][], options: InferTableOptions): InferredTable {
  const rows: Cell[][] = texts;
  const repairs = new Map<string, Repair[]>();
  const columns = names.map((name, index) => {
    const counts = new Map<string, number>();
    for (const row of texts) counts.set(row[index]!, (counts.get(row[index]!) ?? 0) + 1);
    const { delimiter, missingTokens, isSample } = options;
    const inferred = inferColumn({ name, counts, rows: rows.length, delimiter }, missingTokens);
    const cells = new Map<string, Cell>();
    for (const text of counts.keys()) {
      const cell = inferred.cells.get(text);
      cells.set(text, cell === undefined ? text : cell);
    }
    for (const row of texts) rewrite(row, index, cells);
    for (const repair of inferred.repairs) repairs.set(repair.kind, [...(repairs.get(repair.kind) ?? []), repair]);
    return describeColumn({ name, index }, inferred, rows, isSample);
  });
  return { columns, rows, repairs: [...repairs.values()].flatMap(summarised) };
}

function summarised(repairs: readonly Repair[]): readonly Repair[] {
  const rest = repairs.slice(listedColumns);
  if (rest.length === 0) return repairs;
  const count = rest.reduce((sum, repair) => sum + repair.count, 0);
  const message = `The same in ${rest.length} more columns (${count.toLocaleString('en-US')} cells).`;
  return [...repairs.slice(0, listedColumns), { kind: repairs[0]!.kind, message, count }];
}

function rewrite(row: Cell[], index: number, cells: ReadonlyMap<string, Cell>): void {
  row[index] = cells.get(row[index] ?? '') ?? null;
}
