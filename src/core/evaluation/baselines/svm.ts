import { squaredDistance, type Matrix } from '../../trees/matrix';
import type { Pace } from '../../foundation/pace';
import { solveDual } from './smo';

/** One decision function over the training rows: Σ coefficients · kernel + bias. */
export interface KernelMachine {
  readonly rows: Int32Array;
  readonly coefficients: Float64Array;
  readonly bias: number;
}

/** Kernel machines of one model, and whether every one was solved to the tolerance. */
export interface SolvedMachines {
  readonly machines: readonly KernelMachine[];
  readonly converged: boolean;
}

/** Steps after which a machine is taken as it is; only hard problems with a high cost come that far. */
const maxSteps = 200_000;

/**
 * Fits a C-support-vector classifier, one machine for each pair of classes (0,1), (0,2), …, (1,2), … (Cortes and Vapnik
 * 1995; one against one, as in LIBSVM). A machine's value is positive for the first class of its pair.
 *
 * @param kernel of all training rows with each other, [rows × rows], with a diagonal of ones
 */
export async function fitSvm(
  kernel: Float32Array,
  labels: Int32Array,
  classCount: number,
  c: number,
  pace: Pace,
): Promise<SolvedMachines> {
  const rowsOf = Array.from({ length: classCount }, (_, label) =>
    Array.from(labels.keys()).filter((row) => labels[row] === label),
  );
  const machines: KernelMachine[] = [];
  let allConverged = true;
  for (let first = 0; first < classCount; first++) {
    for (let second = first + 1; second < classCount; second++) {
      const index = Int32Array.from([...rowsOf[first]!, ...rowsOf[second]!]);
      const pull = Float64Array.from(index, (row) => (labels[row] === first ? 1 : -1));
      const lower = pull.map((side) => Math.min(0, side * c));
      const upper = pull.map((side) => Math.max(0, side * c));
      const problem = { kernel, stride: labels.length, index, pull, epsilon: 0, lower, upper };
      const { beta, bias, converged } = await solveDual(problem, maxSteps, pace);
      machines.push(supportVectors(index, beta, bias));
      allConverged &&= converged;
    }
  }
  return { machines, converged: allConverged };
}

/**
 * Fits an ε-support-vector regression (Drucker et al. 1997): errors up to `epsilon` cost nothing, larger ones their excess
 * times `c`.
 */
export async function fitSvr(
  kernel: Float32Array,
  targets: Float64Array,
  c: number,
  epsilon: number,
  pace: Pace,
): Promise<SolvedMachines> {
  const index = Int32Array.from(targets, (_, row) => row);
  const upper = new Float64Array(targets.length).fill(c);
  const lower = upper.map((bound) => -bound);
  const problem = { kernel, stride: targets.length, index, pull: targets, epsilon, lower, upper };
  const { beta, bias, converged } = await solveDual(problem, maxSteps, pace);
  return { machines: [supportVectors(index, beta, bias)], converged };
}

function supportVectors(rows: Int32Array, coefficients: Float64Array, bias: number): KernelMachine {
  return {
    rows: rows.filter((_, at) => coefficients[at] !== 0),
    coefficients: coefficients.filter((value) => value !== 0),
    bias,
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
      let value = machine.bias;
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
