import type { Cell } from '../table/table';

/** Something that was learnt from the indexed rows tells which of them are like a row. */
export interface Likeness {
  /**
   * From 0 (the same) up, of each indexed row; two random rows differ by about 1 at most. Valid until asked again.
   *
   * @param own the place of the row itself when it is one of them: its own answer must tell nothing then
   */
  readonly unlikenessTo: (row: readonly Cell[], own: number | undefined) => Float64Array;
}
