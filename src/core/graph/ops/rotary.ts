import { apply } from '../nodes';
import type { Tensor } from '../tensor';
import { negate } from './multiply';

/** Cosines and sines of the rotation of each token, computed once for all layers. */
export interface Rotation {
  /** [tokens, dimensions / 2] */
  readonly cosines: Tensor;
  readonly sines: Tensor;
  /** [a, b]: which row of the tables belongs to the token at (a, b), int64. */
  readonly rows: Tensor;
  readonly pairing: 'halves' | 'interleaved';
}

/**
 * Rotates the first `dimensions` values of each head of x [a, b, heads·headDim] by the angle of its token (Su et al.,
 * 2021, arXiv:2104.09864). A rotation is orthogonal, so the derivative is the rotation by the opposite angle.
 */
export function rotate(x: Tensor, rotation: Rotation, heads: number, dimensions: number): Tensor {
  const { cosines, sines, rows, pairing } = rotation;
  return apply(
    {
      type: 'RotaryEmbedding',
      domain: 'com.microsoft',
      attributes: {
        interleaved: Number(pairing === 'interleaved'),
        num_heads: heads,
        rotary_embedding_dim: dimensions,
      },
      inputs: [x, rows, cosines, sines],
      derivative: ([dy]) => [rotate(dy!, { ...rotation, sines: negate(sines) }, heads, dimensions)],
    },
    x.shape,
  );
}
