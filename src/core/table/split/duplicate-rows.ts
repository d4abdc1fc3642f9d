import type { Table } from '../table';

/** How many rows of one part of a split repeat a training row: their answers could be looked up instead of predicted. */
export interface LeakCount {
  readonly rows: number;
  /** Rows whose features all equal those of a training row. */
  readonly sameFeatures: number;
  /** Of these, rows for which a training row with the same features has the same target too. */
  readonly sameTarget: number;
}

export interface DuplicateLeak {
  readonly test: LeakCount;
  readonly validation: LeakCount;
}

/** One text per row, equal exactly for rows with equal cells in the columns. */
export function rowKeys(table: Table, columnIndices: readonly number[]): string[] {
  return table.rows.map((row) => JSON.stringify(columnIndices.map((index) => row[index])));
}

/** Counts the rows that also appear in the training part, with and without an equal target. */
export function findLeak(
  table: Table,
  featureIndices: readonly number[],
  targetIndex: number,
  parts: { train: readonly number[]; validation: readonly number[]; test: readonly number[] },
): DuplicateLeak {
  const keys = rowKeys(table, featureIndices);
  const seen = new Map<string, Set<string>>();
  const target = (row: number): string => table.rows[row]![targetIndex] ?? '';
  for (const row of parts.train) {
    const targets = seen.get(keys[row]!);
    if (targets) targets.add(target(row));
    else seen.set(keys[row]!, new Set([target(row)]));
  }
  const count = (rows: readonly number[]): LeakCount => ({
    rows: rows.length,
    sameFeatures: rows.filter((row) => seen.has(keys[row]!)).length,
    sameTarget: rows.filter((row) => seen.get(keys[row]!)?.has(target(row))).length,
  });
  return { test: count(parts.test), validation: count(parts.validation) };
}
