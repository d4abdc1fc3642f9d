/** A synthetic table: cells are text as a CSV holds it, the target last. */
export interface GalleryTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** How the rows of a synthetic table are drawn. */
export interface GalleryOptions {
  readonly rows: number;
  readonly seed: number;
  /** The standard deviation of what is added, in the unit that the table's own description names. */
  readonly noise: number;
}

/** Numbers of a synthetic table are written with four decimals, more than any prompt shows. */
export function cellOf(value: number): string {
  return String(Number(value.toFixed(4)));
}
