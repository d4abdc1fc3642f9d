import { pixelGrid } from '../../core/table/image/pixel-grid';
import type { PixelGrid } from '../../core/table/image/pixel-grid';
import type { ImageFacts } from '../../shared/predictions-view';

/** What white is, the least that a row does not exceed: shares, fifteen or sixteen shades, percent, bytes, two bytes. */
const scales = [1, 16, 100, 255, 65_535];
const shades = 16;

/** The images that rows of a table are, when its columns are pixels: one hexadecimal digit each, for thumbnails. */
export class RowImages {
  private constructor(private readonly grid: PixelGrid) {}

  /** Undefined for a table whose columns are no image. */
  static of(columns: readonly string[]): RowImages | undefined {
    const grid = pixelGrid(columns);
    return grid && new RowImages(grid);
  }

  get facts(): ImageFacts {
    const { width, height } = this.grid;
    return { width, height };
  }

  /** A digit for each pixel, 0 black to f white, line by line; what is no number counts as 0. */
  textOf(cells: readonly (string | null)[]): string {
    const values = this.grid.places.map((place) => Math.max(0, Number(cells[place] ?? '') || 0));
    const most = values.reduce((greatest, value) => Math.max(greatest, value), 0);
    const white = scales.find((scale) => most <= scale) ?? most;
    return values.map((value) => Math.round((value / white) * (shades - 1)).toString(shades)).join('');
  }
}
