import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { Phrase } from '../../foundation/phrase';
import { Random } from '../../foundation/random';
import type { Table } from '../../table/table';
import type { BaselineName, ProblemShape } from './baseline';

/** How far the baselines are: `fraction` of all candidates in [0, 1], and the baseline now at work. */
export interface BaselineProgress {
  readonly fraction: number;
  readonly label: Phrase;
}

export interface BaselineRequest {
  readonly table: Table;
  /** Indices of the columns that the models may read. */
  readonly features: readonly number[];
  /** Index of the column to predict. */
  readonly target: number;
  readonly task: 'classification' | 'regression';
  /** Indices into `table.rows`. Models are fitted on `train` and chosen on `validation`; `test` is only predicted. */
  readonly split: {
    readonly train: readonly number[];
    readonly validation: readonly number[];
    readonly test: readonly number[];
  };
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: BaselineProgress) => void) | undefined;
}

/** The target texts of some rows. Throws `target-invalid` for a row that has none. */
export function targetTexts({ table, target }: BaselineRequest, rows: readonly number[]): string[] {
  return rows.map((row) => {
    const cell = table.rows[row]![target] ?? null;
    if (cell !== null) return cell;
    throw new LiftError(
      'target-invalid',
      phrase`Line ${table.lineNumbers[row] ?? row} has no value in the target column "${table.columns[target]?.name ?? target}".`,
      'Leave rows without a target out of the split.',
    );
  });
}

/** Positions of the training rows that a model with this limit is fitted on, in their order. */
export function trainingSample(shape: ProblemShape, limit: number, name: BaselineName, seed: number): number[] {
  const positions = Array.from({ length: shape.trainRows }, (_, position) => position);
  if (shape.trainRows <= limit) return positions;
  return Random.derive(seed, `baseline sample ${name}`)
    .shuffle(positions)
    .slice(0, limit)
    .sort((a, b) => a - b);
}

export function sampleNote(used: number, shape: ProblemShape): string {
  if (used === shape.trainRows) return '';
  return `Fitted on a random ${used} of the ${shape.trainRows} training rows, because its cost grows too fast with more.`;
}
