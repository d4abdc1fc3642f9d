import type { Batch } from './packing';
import type { TokenExample } from './token-example';
import { parentOf } from './token-example';

/** A batch as the arrays a graph reads; B rows × T tokens, N loss positions. */
export interface BatchArrays {
  readonly rows: number;
  readonly length: number;
  /** [B, T] */
  readonly inputIds: Int32Array;
  /** [B, T] depth of each token within its example. */
  readonly positionIds: Int32Array;
  /** [B, T] token j is seen by the tokens j … visibleUntil[j] − 1 of its row. */
  readonly visibleUntil: Int32Array;
  /** [N] flat index row · T + column of the token after which a target is asked. */
  readonly positions: Int32Array;
  /** [N] */
  readonly targets: Int32Array;
  /** [N] */
  readonly weights: Float32Array;
}

/** Σ of the weights of an example's loss positions. */
export function lossWeight(example: TokenExample): number {
  let sum = 0;
  if (example.weights === undefined) return example.lossPositions.length;
  for (const weight of example.weights) sum += weight;
  return sum;
}

/**
 * Lays a batch out. Padding is token 0 that sees only itself and that nothing else sees.
 * @param weightScale factor on every weight: 1 / Σ weights of the step makes the summed loss its mean
 */
export function layOut(batch: Batch, examples: readonly TokenExample[], weightScale: number): BatchArrays {
  const { rows, length, placements } = batch;
  const inputIds = new Int32Array(rows * length);
  const positionIds = new Int32Array(rows * length);
  const visibleUntil = new Int32Array(rows * length);
  for (let row = 0, index = 0; row < rows; row++) {
    for (let column = 1; column <= length; column++) visibleUntil[index++] = column;
  }
  let count = 0;
  for (const { example } of placements) count += examples[example]!.lossPositions.length;
  const positions = new Int32Array(count);
  const targets = new Int32Array(count);
  const weights = new Float32Array(count);
  let asked = 0;
  for (const { example: number, row, offset } of placements) {
    const example = examples[number]!;
    const size = example.tokens.length;
    const start = row * length + offset;
    inputIds.set(example.tokens, start);
    for (let index = 0; index < size; index++) {
      positionIds[start + index] = example.positionIds?.[index] ?? index;
      visibleUntil[start + index] = offset + (example.visibleUntil?.[index] ?? size);
    }
    for (const [index, position] of example.lossPositions.entries()) {
      positions[asked] = start + parentOf(example, position);
      targets[asked] = example.tokens[position]!;
      weights[asked] = (example.weights?.[index] ?? 1) * weightScale;
      asked++;
    }
  }
  return { rows, length, inputIds, positionIds, visibleUntil, positions, targets, weights };
}
