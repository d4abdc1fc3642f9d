import { extname } from 'node:path';

/** The delimiters that are tried, in the order of preference when several explain the text equally well. */
export const delimiters = ['\t', '|', ';', ','] as const;

/** Below this a candidate explains too few rows, and the file is read as a single column. */
const leastScore = 0.4;

/**
 * The delimiter under which most records have the same number of cells, and the first record has it too.
 *
 * Ties go by the order of `delimiters`: in "1,5;2,3" both "," and ";" are regular, and the comma is a decimal comma.
 * @param recordsWith the cells of the first records when split at a delimiter; undefined when that makes no sense.
 */
export function detectDelimiter(
  recordsWith: (delimiter: string) => readonly (readonly string[])[] | undefined,
  path: string,
): string {
  const tabbed = ['.tsv', '.tab'].includes(extname(path).toLowerCase());
  let best = tabbed ? '\t' : ',';
  let bestScore = leastScore;
  const candidates = delimiters.map((delimiter) => ({ delimiter, records: recordsWith(delimiter) ?? [] }));
  const headerWidths = candidates.map(({ records }) => records[0]?.length ?? 0);
  for (const { delimiter, records } of candidates) {
    const score = regularity(records, headerWidths) + (tabbed && delimiter === '\t' ? 0.25 : 0);
    if (score > bestScore + 0.01) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

/** The most frequent number of cells; ties go to the larger. */
export function usualWidth(records: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const { length } of records) counts.set(length, (counts.get(length) ?? 0) + 1);
  let usual = 0;
  for (const [width, count] of counts) {
    const most = counts.get(usual) ?? 0;
    if (count > most || (count === most && width > usual)) usual = width;
  }
  return usual;
}

/**
 * The share of records with the usual number of cells, halved when the first record disagrees; 0 for one cell a record.
 * @param headerWidths how many cells the first record has under each delimiter: a header may use another one
 */
function regularity(records: readonly (readonly string[])[], headerWidths: readonly number[]): number {
  const usual = usualWidth(records);
  if (usual < 2) return 0;
  const share = records.filter(({ length }) => length === usual).length / records.length;
  const first = records[0]!.length;
  // One short is agreement: headers written by R leave out the name of the row-name column.
  const agrees = first === usual || (first === 1 ? headerWidths.includes(usual) : first === usual - 1);
  return agrees ? share : share / 2;
}
