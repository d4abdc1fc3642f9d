import { counted } from '../issues/counted';
import type { Repair } from '../table';
import { phrase } from '../../foundation/phrase';
import type { Phrase, PhraseValue } from '../../foundation/phrase';

export interface NamedColumns {
  readonly names: readonly string[];
  readonly repairs: readonly Repair[];
}

/**
 * Unique column names from the header cells: an empty one becomes `column_3` (its place), the second `price` becomes
 * `price_2`.
 */
export function uniqueNames(header: readonly string[]): NamedColumns {
  const taken = new Set(header.filter((name) => name !== ''));
  const seen = new Set<string>();
  const unnamed: string[] = [];
  const renamed: Phrase[] = [];
  const names = header.map((original, index) => {
    const isNew = original !== '' && !seen.has(original);
    const name = isNew
      ? original
      : freeName(original === '' ? `column_${index + 1}` : original, taken, original === '');
    if (original === '') unnamed.push(name);
    else if (!isNew) renamed.push(phrase`the second "${original}" is "${name}"`);
    taken.add(name);
    seen.add(name);
    return name;
  });
  const repairs: Repair[] = [];
  if (unnamed.length > 0) {
    const message = phrase`${counted(unnamed.length, 'column')} without a name in the header: called ${listed(unnamed)}.`;
    repairs.push({ kind: 'empty-headers', message, count: unnamed.length });
  }
  if (renamed.length > 0) {
    const message = phrase`${counted(renamed.length, 'column name')} used twice in the header: ${listed(renamed)}.`;
    repairs.push({ kind: 'duplicate-headers', message, count: renamed.length });
  }
  return { names, repairs };
}

/** Names for the columns of a file without a header: `column_1`, `column_2`, … */
export function numberedNames(width: number): NamedColumns {
  const names = Array.from({ length: width }, (_, index) => `column_${index + 1}`);
  const message = phrase`The first row holds values, not names: the columns are called column_1 to column_${width}.`;
  return { names, repairs: [{ kind: 'no-header', message, count: width }] };
}

/**
 * Fits the header to the rows. When the rows have one cell more, their first is taken for a row name that the header does
 * not name, as R writes tables and pandas reads them; further surplus columns get names of their own.
 */
export function fitHeader(header: readonly string[], rows: readonly (readonly string[])[], usual: number): string[] {
  const surplus = usual - header.length;
  if (surplus <= 0) return [...header];
  const allEmpty = rows.every((row) => row.slice(header.length).every((cell) => cell === ''));
  if (allEmpty) return [...header];
  if (surplus === 1) return ['row_name', ...header];
  return [...header, ...new Array<string>(surplus).fill('')];
}

function freeName(wanted: string, taken: ReadonlySet<string>, mayStayAsIs: boolean): string {
  if (mayStayAsIs && !taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${wanted}_${number}`)) number++;
  return `${wanted}_${number}`;
}

function listed(items: readonly PhraseValue[]): PhraseValue {
  const shown = items.slice(0, 5).reduce((some, other) => phrase`${some}, ${other}`);
  return items.length > 5 ? phrase`${shown}, … (${items.length - 5} more)` : shown;
}
