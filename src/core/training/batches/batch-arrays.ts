import type { Batch } from './packing';
import type { TokenExample } from './token-example';
import { parentOf } from './token-example';

/** The tokens of a batch as a graph reads them; B rows × T columns. */
export interface TokenArrays {
  readonly rows: number;
  readonly length: number;
  /** [B, T] */
  readonly inputIds: Int32Array;
  /** [B, T] depth of each token within its text. */
  readonly positionIds: Int32Array;
  /** [B, T] token j is seen by the tokens j … visibleUntil[j] − 1 of its row. */
  readonly visibleUntil: Int32Array;
}

/** What is asked about a batch, N times. */
export interface AskedArrays {
  /** [N] flat index row · T + column of the token after which a target is asked. */
  readonly positions: Int32Array;
  /** [N] */
  readonly targets: Int32Array;
  /** [N] */
  readonly weights: Float32Array;
}

/** Lays the tokens of a batch out. Padding is token 0 that sees only itself and that nothing else sees. */
export function layOutTokens(
  { rows, length, placements }: Batch,
  texts: readonly Pick<TokenExample, 'tokens' | 'visibleUntil' | 'positionIds'>[],
): TokenArrays {
  const inputIds = new Int32Array(rows * length);
  const positionIds = new Int32Array(rows * length);
  const visibleUntil = new Int32Array(rows * length);
  for (let row = 0, index = 0; row < rows; row++) {
    for (let column = 1; column <= length; column++) visibleUntil[index++] = column;
  }
  for (const { example, row, offset } of placements) {
    const text = texts[example]!;
    const size = text.tokens.length;
    const start = row * length + offset;
    inputIds.set(text.tokens, start);
    for (let index = 0; index < size; index++) {
      positionIds[start + index] = text.positionIds?.[index] ?? index;
      visibleUntil[start + index] = offset + (text.visibleUntil?.[index] ?? size);
    }
  }
  return { rows, length, inputIds, positionIds, visibleUntil };
}

/**
 * The targets of the examples of a batch.
 * @param weightScale factor on every weight: 1 / Σ weights of the step makes the summed loss its mean
 */
export function layOutTargets(
  { length, placements }: Batch,
  examples: readonly TokenExample[],
  weightScale: number,
): AskedArrays {
  let count = 0;
  for (const { example } of placements) count += examples[example]!.lossPositions.length;
  const positions = new Int32Array(count);
  const targets = new Int32Array(count);
  const weights = new Float32Array(count);
  let asked = 0;
  for (const { example: number, row, offset } of placements) {
    const example = examples[number]!;
    const start = row * length + offset;
    for (const [index, position] of example.lossPositions.entries()) {
      positions[asked] = start + parentOf(example, position);
      targets[asked] = example.tokens[position]!;
      weights[asked] = (example.weights?.[index] ?? 1) * weightScale;
      asked++;
    }
  }
  return { positions, targets, weights };
}

/** Σ of the weights of an example's loss positions. */
export function lossWeight({ lossPositions, weights }: TokenExample): number {
  return weights === undefined ? lossPositions.length : weights.reduce((sum, weight) => sum + weight, 0);
}
