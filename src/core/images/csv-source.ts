import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { parseNumber } from '../table/columns/parse-number';
import { pixelGrid } from '../table/image/pixel-grid';
import type { PixelGrid } from '../table/image/pixel-grid';
import { readTable } from '../table/read-table';
import type { Cell, Table } from '../table/table';
import type { ImageSource } from './image-source';

/**
 * The images of a table with one column a pixel: named by row and column, or numbered one after the other as many as a square
 * has (`pixel0` … `pixel783`). Its only other column is the label, unless one is named.
 *
 * @throws LiftError as `readTable` does; `usage` when there are no such columns, or it is not known which one is the label;
 *   `file-unreadable` for a pixel that is no number from 0 to 255
 */
export async function openPixelTable(
  path: string,
  labelColumn: string | undefined,
  signal: AbortSignal | undefined,
): Promise<ImageSource> {
  const table = await readTable(path, { ...(signal && { signal }) });
  const names = table.columns.map(({ name }) => name);
  const grid = pixelGrid(names) ?? numberedGrid(names);
  if (!grid) {
    throw new LiftError(
      'usage',
      phrase`${path} has no columns of pixels.`,
      'They are named by a word and two numbers, such as pixel_3_12, or numbered, such as pixel0 to pixel783.',
    );
  }
  const label = labelOf(table, grid, labelColumn);
  return {
    count: table.rows.length,
    isLabelled: label !== undefined,
    labelOf: (index) => table.rows[index]![label!] ?? '',
    read: (index) => {
      const cells = table.rows[index]!;
      const pixels = Uint8Array.from(grid.places, (place) => byteOf(cells[place]!, table, index, place));
      return Promise.resolve({ width: grid.width, height: grid.height, pixels });
    },
  };
}

function labelOf(table: Table, grid: PixelGrid, wanted: string | undefined): number | undefined {
  const pixels = new Set(grid.places);
  const others = table.columns.filter(({ index }) => !pixels.has(index));
  if (wanted === undefined && others.length <= 1) return others[0]?.index;
  const found = others.find(({ name }) => name === wanted);
  if (found) return found.index;
  const listed = others.map(({ name }) => `"${name}"`).join(', ');
  throw new LiftError(
    'usage',
    wanted === undefined
      ? phrase`Which column is the label: ${listed}?`
      : phrase`No column "${wanted}" could be the label.`,
    wanted === undefined ? 'Name it with --label.' : phrase`There are: ${listed}.`,
  );
}

function byteOf(cell: Cell, { lineNumbers, columns }: Table, row: number, place: number): number {
  const value = parseNumber(cell ?? '');
  if (value !== undefined && value >= 0 && value <= 255) return value;
  throw new LiftError(
    'file-unreadable',
    phrase`Line ${lineNumbers[row]!}, "${columns[place]!.name}": "${cell ?? ''}" is no pixel.`,
    'Pixels are numbers from 0 to 255.',
  );
}

/** Columns that differ in a number at their end alone, without gaps, as many as a square has. */
function numberedGrid(names: readonly string[]): PixelGrid | undefined {
  const groups = new Map<string, { readonly number: number; readonly place: number }[]>();
  names.forEach((name, place) => {
    const [, before, number] = /^(\D*)(\d{1,6})$/u.exec(name.trim()) ?? [];
    if (before === undefined) return;
    const group = groups.get(before) ?? [];
    group.push({ number: Number(number), place });
    groups.set(before, group);
  });
  const [pixels] = [...groups.values()].sort((a, b) => b.length - a.length);
  const side = Math.sqrt(pixels?.length ?? 0);
  if (!pixels || side < 4 || !Number.isInteger(side)) return undefined;
  pixels.sort((a, b) => a.number - b.number);
  if (pixels.at(-1)!.number - pixels[0]!.number !== pixels.length - 1) return undefined;
  return { width: side, height: side, places: pixels.map(({ place }) => place) };
}
