import { pixelGrid } from '../../table/image/pixel-grid';
import type { Column } from '../../table/table';

/**
 * The columns that are the pixels of one image, by their index; undefined when the rows are no images: columns named by row and
 * column, all of them numbers, and the target not among them.
 */
export function inferImage(columns: readonly Column[], target: Column): ReadonlySet<number> | undefined {
  const grid = pixelGrid(columns.map(({ name }) => name));
  if (!grid) return undefined;
  const pixels = new Set(grid.places.map((place) => columns[place]!.index));
  const isPixel = ({ type, missing }: Column): boolean =>
    missing === 0 && (type === 'integer' || type === 'number' || type === 'boolean');
  const areNumbers = grid.places.every((place) => isPixel(columns[place]!));
  return areNumbers && !pixels.has(target.index) ? pixels : undefined;
}
