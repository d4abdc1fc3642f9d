import type { EncodedRows } from './baseline';
import type { BaselineRequest } from './baseline-request';
import { FeatureEncoder } from './feature-encoder';
import { selectRows } from '../../trees/matrix';
import type { Pace } from '../../foundation/pace';

/** The three parts of a split as numbers, encoded by what the training rows show. */
export interface EncodedSplit {
  readonly train: EncodedRows;
  readonly validation: EncodedRows;
  readonly test: EncodedRows;
}

export async function encodeSplit({ table, features, split }: BaselineRequest, pace: Pace): Promise<EncodedSplit> {
  const encoder = await FeatureEncoder.fit(table, features, split.train, pace);
  return {
    train: await encoder.encode(split.train, pace),
    validation: await encoder.encode(split.validation, pace),
    test: await encoder.encode(split.test, pace),
  };
}

/** The rows at these positions; the very same object when that is all of them. */
export function selectEncoded(rows: EncodedRows, positions: readonly number[]): EncodedRows {
  if (positions.length === rows.dense.rows) return rows;
  return { dense: selectRows(rows.dense, positions), ordinal: selectRows(rows.ordinal, positions) };
}
