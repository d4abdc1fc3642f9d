import type { RowDetail } from '../../shared/predictions-view';

/** A row with its prediction as two lines, names and values, separated by tabs. */
export function rowAsText({ row, cells }: RowDetail): string {
  const { prediction, truth } = row;
  const own: readonly (readonly [string, string | undefined])[] = [
    ['row', String(row.row + 1)],
    ['truth', truth],
    ['prediction', prediction?.text],
    ['confidence', prediction?.confidence?.toFixed(4)],
    ['lower', prediction?.lower?.toPrecision(6)],
    ['upper', prediction?.upper?.toPrecision(6)],
  ];
  const known = own.filter((pair): pair is readonly [string, string] => pair[1] !== undefined);
  const pairs = [...cells, ...known];
  // A tab or a line end in a cell would make two cells of it.
  const line = (texts: readonly string[]): string => texts.map((text) => text.replace(/[\t\r\n]+/gu, ' ')).join('\t');
  return `${line(pairs.map(([name]) => name))}\n${line(pairs.map(([, text]) => text))}\n`;
}
