/** Columns that are the pixels of one image, row by row. */
export interface PixelGrid {
  readonly width: number;
  readonly height: number;
  /** Places of the pixels among the names, from the top left, line by line: `width` × `height` of them. */
  readonly places: readonly number[];
}

/** Smaller grids are more likely something else, such as the answers of a questionnaire. */
const leastSide = 4;

interface Pixel {
  readonly row: number;
  readonly column: number;
  readonly place: number;
}

/** The name of a pixel's column, counted from 1, as `pixelGrid` knows it again. */
export function pixelName(row: number, column: number): string {
  return `pixel_${row}_${column}`;
}

/**
 * Recognises an image in the names of columns: one word and two numbers, the row and the column of the pixel, such as
 * `pixel_3_12`, `ink_row3_col12` or `3x12`, for every pixel of a rectangle of at least 4 × 4. Undefined where there is none.
 */
export function pixelGrid(names: readonly string[]): PixelGrid | undefined {
  const found = new Map<string, Pixel[]>();
  names.forEach((name, place) => {
    const [, before, row, between, column] = /^(\D*)(\d{1,4})(\D+)(\d{1,4})$/u.exec(name.trim()) ?? [];
    if (before === undefined) return;
    const form = `${before} ${between!}`;
    const pixels = found.get(form) ?? [];
    pixels.push({ row: Number(row), column: Number(column), place });
    found.set(form, pixels);
  });
  const [pixels] = [...found.values()].sort((a, b) => b.length - a.length);
  if (!pixels) return undefined;
  const [rows, columns] = [spanOf(pixels.map(({ row }) => row)), spanOf(pixels.map(({ column }) => column))];
  if (rows.count < leastSide || columns.count < leastSide) return undefined;
  if (pixels.length !== rows.count * columns.count) return undefined;
  const places: number[] = [];
  for (const { row, column, place } of pixels)
    places[(row - rows.from) * columns.count + column - columns.from] = place;
  // With as many pixels as places, a pixel that is named twice leaves a hole.
  for (let index = 0; index < pixels.length; index++) if (places[index] === undefined) return undefined;
  return { width: columns.count, height: rows.count, places };
}

function spanOf(values: readonly number[]): { readonly from: number; readonly count: number } {
  const from = values.reduce((least, value) => Math.min(least, value));
  return { from, count: values.reduce((most, value) => Math.max(most, value)) - from + 1 };
}
