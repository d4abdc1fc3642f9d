import type { Table } from '../../table/table';
import type { EncodedRows } from './baseline';
import { fitColumnEncoder, type ColumnEncoder } from './column-encoder';
import type { Pace } from '../../foundation/pace';

/** Turns rows of a table into the two matrices that baselines read; fitted on training rows alone. */
export class FeatureEncoder {
  private constructor(
    private readonly table: Table,
    private readonly features: readonly number[],
    private readonly encoders: readonly ColumnEncoder[],
  ) {}

  /**
   * @param features indices of the columns to use
   * @param trainRows indices into `table.rows`
   */
  static async fit(
    table: Table,
    features: readonly number[],
    trainRows: readonly number[],
    pace: Pace,
  ): Promise<FeatureEncoder> {
    const encoders: ColumnEncoder[] = [];
    for (const feature of features) {
      if (pace.due()) await pace.breathe();
      const cells = trainRows.map((row) => table.rows[row]![feature] ?? null);
      encoders.push(fitColumnEncoder(table.columns[feature]!, cells));
    }
    return new FeatureEncoder(table, features, encoders);
  }

  get denseColumns(): number {
    return this.encoders.reduce((sum, encoder) => sum + encoder.denseColumns, 0);
  }

  /** @param rows indices into `table.rows` */
  async encode(rows: readonly number[], pace: Pace): Promise<EncodedRows> {
    const denseColumns = this.denseColumns;
    const ordinalColumns = this.encoders.reduce((sum, encoder) => sum + encoder.ordinalColumns, 0);
    const dense = new Float64Array(rows.length * denseColumns);
    const ordinal = new Float64Array(rows.length * ordinalColumns);
    let denseAt = 0;
    let ordinalAt = 0;
    for (const row of rows) {
      if (pace.due()) await pace.breathe();
      this.encoders.forEach((encoder, position) => {
        const cell = this.table.rows[row]![this.features[position]!] ?? null;
        encoder.writeDense(cell, dense, denseAt);
        encoder.writeOrdinal(cell, ordinal, ordinalAt);
        denseAt += encoder.denseColumns;
        ordinalAt += encoder.ordinalColumns;
      });
    }
    return {
      dense: { rows: rows.length, columns: denseColumns, data: dense },
      ordinal: { rows: rows.length, columns: ordinalColumns, data: ordinal },
    };
  }
}
