import { displayWidth, shorten } from './text-width';

export interface TextColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Longer cells are cut with an ellipsis. */
  readonly widest?: number;
}

/** Lines of a table for a terminal: columns aligned, two blanks between them, titles first. */
export function textTable(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): string[] {
  const lines = [columns.map((column) => column.title), ...rows].map((row) =>
    columns.map((column, index) => shorten(row[index] ?? '', column.widest ?? Infinity)),
  );
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => displayWidth(line[index]!))));
  return lines.map((line) =>
    line
      .map((cell, index) => {
        const blanks = ' '.repeat(widths[index]! - displayWidth(cell));
        return columns[index]!.align === 'right' ? blanks + cell : cell + blanks;
      })
      .join('  ')
      .trimEnd(),
  );
}
