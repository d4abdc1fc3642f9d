import { phrase } from '../../foundation/phrase';
import type { RegressionBaseline } from './baseline';
import { solveCholesky } from './cholesky';
import type { Matrix } from '../../trees/matrix';
import type { Pace } from '../../foundation/pace';

/** A linear function: prediction = intercept + Σ weights · columns. */
export interface LinearModel {
  readonly weights: Float64Array;
  readonly intercept: number;
}

/**
 * Ridge regression in closed form, |y − Xw − b|² + α|w|² with b unpenalised (Hoerl and Kennard 1970). The products of the
 * columns are computed once for all α; with more columns than rows the equal problem over the rows is solved instead.
 */
export class RidgeSolver {
  private constructor(
    private readonly centred: Matrix,
    private readonly columnMeans: Float64Array,
    private readonly targetMean: number,
    private readonly targets: Float64Array,
    private readonly overRows: boolean,
    private readonly gram: Float64Array,
  ) {}

  static async prepare(rows: Matrix, targets: Float64Array, pace: Pace): Promise<RidgeSolver> {
    const columnMeans = new Float64Array(rows.columns);
    rows.data.forEach((value, at) => (columnMeans[at % rows.columns]! += value / rows.rows));
    const data = rows.data.map((value, at) => value - columnMeans[at % rows.columns]!);
    const centred = { ...rows, data };
    const targetMean = targets.reduce((total, value) => total + value, 0) / targets.length;
    const overRows = rows.columns > rows.rows;
    const gram = overRows ? await rowProducts(centred, pace) : await columnProducts(centred, pace);
    const centredTargets = targets.map((value) => value - targetMean);
    return new RidgeSolver(centred, columnMeans, targetMean, centredTargets, overRows, gram);
  }

  async solve(alpha: number, pace: Pace): Promise<LinearModel> {
    const { rows, columns } = this.centred;
    const size = this.overRows ? rows : columns;
    const system = this.gram.slice();
    for (let index = 0; index < size; index++) system[index * (size + 1)]! += alpha;
    const solution = await solveCholesky(
      system,
      size,
      this.overRows ? this.targets : this.transposed(this.targets),
      pace,
    );
    const weights = this.overRows ? this.transposed(solution) : solution;
    let intercept = this.targetMean;
    for (let column = 0; column < columns; column++) intercept -= weights[column]! * this.columnMeans[column]!;
    return { weights, intercept };
  }

  /** Xᵀ·v: the right side over the columns, and the way back from a solution over the rows. */
  private transposed(values: Float64Array): Float64Array {
    const { rows, columns, data } = this.centred;
    const product = new Float64Array(columns);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) product[column]! += data[row * columns + column]! * values[row]!;
    }
    return product;
  }
}

/** XᵀX, lower triangle. */
async function columnProducts({ rows, columns, data }: Matrix, pace: Pace): Promise<Float64Array> {
  const gram = new Float64Array(columns * columns);
  for (let row = 0; row < rows; row++) {
    if (pace.due()) await pace.breathe();
    const start = row * columns;
    for (let first = 0; first < columns; first++) {
      const value = data[start + first]!;
      if (value === 0) continue;
      for (let second = 0, at = first * columns; second <= first; second++, at++) {
        gram[at]! += value * data[start + second]!;
      }
    }
  }
  return gram;
}

/** XXᵀ, lower triangle. */
async function rowProducts({ rows, columns, data }: Matrix, pace: Pace): Promise<Float64Array> {
  const gram = new Float64Array(rows * rows);
  for (let first = 0; first < rows; first++) {
    if (pace.due()) await pace.breathe();
    for (let second = 0; second <= first; second++) {
      let total = 0;
      for (let column = 0, i = first * columns, j = second * columns; column < columns; column++, i++, j++) {
        total += data[i]! * data[j]!;
      }
      gram[first * rows + second] = total;
    }
  }
  return gram;
}

export function predictLinear({ weights, intercept }: LinearModel, rows: Matrix): Float64Array {
  const predictions = new Float64Array(rows.rows).fill(intercept);
  for (let row = 0; row < rows.rows; row++) {
    for (let column = 0; column < rows.columns; column++) {
      predictions[row]! += weights[column]! * rows.data[row * rows.columns + column]!;
    }
  }
  return predictions;
}

const penalties = [1000, 100, 10, 1, 0.1, 0.01];
const largestGram = 5e9;

export const ridge: RegressionBaseline = {
  name: 'ridge',
  label: phrase`Ridge regression`,
  gridSize: penalties.length,
  rowLimit: ({ denseColumns }) => Math.max(2000, Math.floor(largestGram / denseColumns ** 2)),
  async *candidates({ train, trainTargets }, pace) {
    const solver = await RidgeSolver.prepare(train.dense, trainTargets, pace);
    for (const alpha of penalties) {
      const fitted = await solver.solve(alpha, pace);
      yield { parameters: { alpha }, model: { predict: ({ dense }) => predictLinear(fitted, dense) } };
    }
  },
};
