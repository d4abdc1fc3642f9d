import type { CsvIndex } from './csv-index';
import type { RowPlace } from './row-offsets';

/** Rows `from` to `to - 1`. */
export interface RowRun {
  readonly from: number;
  readonly to: number;
}

/** A range of bytes that is read in one go for the runs in it. */
export interface RowSpan {
  /** Where it starts; at or before the first wanted row. */
  readonly place: RowPlace;
  readonly endOffset: number;
  readonly runs: readonly RowRun[];
}

/** Runs closer than this are read in one go: skipping the bytes between them would cost more than reading them. */
const nearBytes = 2 ** 16;

/** The byte ranges that hold the runs, which rise and do not overlap. */
export function planSpans(index: CsvIndex, runs: readonly RowRun[]): RowSpan[] {
  const spans: { place: RowPlace; endOffset: number; runs: RowRun[] }[] = [];
  for (const run of runs) {
    const place = index.placeBefore(run.from);
    const endOffset = index.offsetAfter(run.to);
    const last = spans.at(-1);
    if (last && place.offset - last.endOffset < nearBytes) {
      last.endOffset = endOffset;
      last.runs.push(run);
    } else {
      spans.push({ place, endOffset, runs: [run] });
    }
  }
  return spans;
}

/** The runs of rising row numbers. */
export function runsOf(rows: readonly number[]): RowRun[] {
  const runs: { from: number; to: number }[] = [];
  for (const row of rows) {
    const last = runs.at(-1);
    if (last?.to === row) last.to++;
    else runs.push({ from: row, to: row + 1 });
  }
  return runs;
}
