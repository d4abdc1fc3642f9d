import { squaredDistance, type Matrix } from './matrix';
import type { Pace } from './pace';
import { solveDual } from './smo';

/** One decision function over the training rows: Σ coefficients · kernel − rho. */
export interface KernelMachine {
  readonly rows: Int32Array;
  readonly coefficients: Float64Array;
  readonly rho: number;
}

/** A one-against-one support-vector classifier: `machines` for the class pairs (0,1), (0,2), …, (1,2), … */
export interface SvmModel {
  readonly classCount: number;
  readonly machines: readonly KernelMachine[];
  readonly converged: boolean;
}

const tolerance = 1e-3;
const maxSteps = 300_000;

/**
 * Fits a C-support-vector classifier, one machine a pair of classes (Cortes and Vapnik 1995; LIBSVM).
 *
 * @param kernel of all training rows with each other, [rows × rows]
 */
export async function fitSvm(
  kernel: Float32Array,
  labels: Int32Array,
  classCount: number,
  c: number,
  pace: Pace,
): Promise<SvmModel> {
  const rowsOf = Array.from({ length: classCount }, (_, label) =>
    Array.from(labels.keys()).filter((row) => labels[row] === label),
  );
  const machines: KernelMachine[] = [];
  let allConverged = true;
  for (let first = 0; first < classCount; first++) {
    for (let second = first + 1; second < classCount; second++) {
      const index = Int32Array.from([...rowsOf[first]!, ...rowsOf[second]!]);
      const signs = Int8Array.from(index, (row) => (labels[row] === first ? 1 : -1));
      const linear = new Float64Array(index.length).fill(-1);
      const problem = { kernel, stride: labels.length, index, signs, linear, upper: c, tolerance, maxSteps };
      const { alpha, rho, converged } = await solveDual(problem, pace);
      machines.push(
        supportVectors(
          index,
          alpha.map((value, at) => value * signs[at]!),
          rho,
        ),
      );
      allConverged &&= converged;
    }
  }
  return { classCount, machines, converged: allConverged };
}

/**
 * Fits an ε-support-vector regression (Drucker et al. 1997): errors up to `epsilon` cost nothing, larger ones their excess
 * times `c`. The dual has two variables a row, for errors above and below.
 */
export async function fitSvr(
  kernel: Float32Array,
  targets: Float64Array,
  c: number,
  epsilon: number,
  pace: Pace,
): Promise<KernelMachine & { readonly converged: boolean }> {
  const count = targets.length;
  const index = Int32Array.from({ length: 2 * count }, (_, at) => at % count);
  const signs = Int8Array.from(index, (_, at) => (at < count ? 1 : -1));
  const linear = Float64Array.from(index, (row, at) => epsilon - signs[at]! * targets[row]!);
  const problem = { kernel, stride: count, index, signs, linear, upper: c, tolerance, maxSteps };
  const { alpha, rho, converged } = await solveDual(problem, pace);
  const weights = targets.map((_, row) => alpha[row]! - alpha[row + count]!);
  return { ...supportVectors(index.subarray(0, count), weights, rho), converged };
}

function supportVectors(rows: Int32Array, coefficients: Float64Array, rho: number): KernelMachine {
  return {
    rows: rows.filter((_, at) => coefficients[at] !== 0),
    coefficients: coefficients.filter((value) => value !== 0),
    rho,
  };
}

/** Decision values of several machines over the same training rows, [rows × machines] in row-major order. */
export async function decisionValues(
  machines: readonly KernelMachine[],
  train: Matrix,
  gamma: number,
  rows: Matrix,
  pace: Pace,
): Promise<Float64Array> {
  const used = [...new Set(machines.flatMap((machine) => [...machine.rows]))];
  const kernel = new Float64Array(train.rows);
  const values = new Float64Array(rows.rows * machines.length);
  for (let row = 0; row < rows.rows; row++) {
    if (pace.due()) await pace.breathe();
    for (const other of used) kernel[other] = Math.exp(-gamma * squaredDistance(rows, row, train, other));
    machines.forEach((machine, at) => {
      let value = -machine.rho;
      for (let support = 0; support < machine.rows.length; support++) {
        value += machine.coefficients[support]! * kernel[machine.rows[support]!]!;
      }
      values[row * machines.length + at] = value;
    });
  }
  return values;
}

/** The class that wins most pairs, the first one of equals. */
export function pairwiseVotes(decisions: Float64Array, classCount: number): Int32Array {
  const machines = (classCount * (classCount - 1)) / 2;
  const labels = new Int32Array(decisions.length / machines);
  const votes = new Int32Array(classCount);
  for (let row = 0; row < labels.length; row++) {
    votes.fill(0);
    let at = row * machines;
    for (let first = 0; first < classCount; first++) {
      for (let second = first + 1; second < classCount; second++) votes[decisions[at++]! > 0 ? first : second]!++;
    }
    labels[row] = votes.indexOf(Math.max(...votes));
  }
  return labels;
}
