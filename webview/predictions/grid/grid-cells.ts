import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { RowSort } from '../../../src/shared/predictions-view';
import type { GridColumn } from './grid-columns';
import { icon } from '../../common/icons';
import type { RowPages } from './row-pages';

/** Which columns are drawn, and how they lie: the same for the header and every row. */
export interface Tracks {
  /** Columns in the order of the document: the pinned ones first. */
  readonly columns: readonly number[];
  readonly pinned: number;
  /** Left edge of each pinned column. */
  readonly offsets: readonly number[];
  /** Width of all columns, those included that are not drawn. */
  readonly total: number;
  /** The value of `grid-template-columns`. */
  readonly template: string;
}

export function tracksOf(widths: readonly number[], pinned: number, from: number, to: number, skipped: number): Tracks {
  const offsets: number[] = [];
  let edge = 0;
  for (const width of widths.slice(0, pinned)) {
    offsets.push(edge);
    edge += width;
  }
  const others = Array.from({ length: to - from }, (_, index) => from + index);
  const sizes = [...widths.slice(0, pinned), skipped, ...others.map((column) => widths[column]!)];
  return {
    columns: [...offsets.keys(), ...others],
    pinned,
    offsets,
    total: widths.reduce((sum, width) => sum + width, 0),
    template: sizes.map((size) => `${size}px`).join(' '),
  };
}

/** How a cell lies: pinned ones stay at their edge, the first of the others comes after the columns that are left out. */
function placement({ pinned, offsets }: Tracks, index: number): { readonly classes: string; readonly style: string } {
  if (index < pinned) {
    return { classes: index === pinned - 1 ? 'pinned last' : 'pinned', style: `left: ${offsets[index]!}px` };
  }
  return { classes: '', style: index === pinned ? `grid-column-start: ${pinned + 2}` : '' };
}

export function headCells(
  columns: readonly GridColumn[],
  tracks: Tracks,
  sort: RowSort,
  tabStop: number | undefined,
): TemplateResult[] {
  return tracks.columns.map((column, index) => {
    const { key, label, title, isNumber } = columns[column]!;
    const { classes, style } = placement(tracks, index);
    const isSorted = sort.by === key;
    return html`<div
      class="cell ${classes} ${isNumber ? 'end' : ''} ${isSorted ? 'sorted' : ''}"
      role="columnheader"
      aria-colindex=${column + 1}
      aria-sort=${isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
      title=${title}
      tabindex=${column === tabStop ? 0 : -1}
      data-column=${column}
      .style=${style}
    >
      <span class="text">${label}</span>${isSorted ? icon(sort.descending ? 'down' : 'up') : nothing}
    </div>`;
  });
}

export function rowCells(
  columns: readonly GridColumn[],
  tracks: Tracks,
  rows: RowPages | undefined,
  place: number,
  tabStop: number | undefined,
): TemplateResult[] {
  const row = rows?.row(place);
  return tracks.columns.map((column, index) => {
    const { isNumber, tableColumn, content } = columns[column]!;
    const { classes, style } = placement(tracks, index);
    const text = tableColumn === undefined ? undefined : rows?.cell(place, tableColumn);
    return html`<div
      class="cell ${classes} ${isNumber ? 'end' : ''}"
      role="gridcell"
      aria-colindex=${column + 1}
      title=${text !== undefined && text.length > 12 ? text : nothing}
      tabindex=${column === tabStop ? 0 : -1}
      data-column=${column}
      .style=${style}
    >
      ${row ? content(row, text) : nothing}
    </div>`;
  });
}
