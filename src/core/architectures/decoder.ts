import type { Rotation } from '../graph/ops/rotary';
import type { Tensor } from '../graph/tensor';

/** What a layer needs to know of the other tokens. */
export interface Context {
  /** Attention of layer `layer` over queries [c, b, heads·headDim] of the wanted tokens and keys, values [a, b, kvHeads·headDim]. */
  readonly attend: (layer: number, queries: Tensor, keys: Tensor, values: Tensor) => Tensor;
  /** Undefined for models with learned positions. */
  readonly rotation: Rotation | undefined;
  /**
   * Of x [a, b, n] the tokens that this layer's result is wanted of, [c, b, n]. These are all tokens but in a top layer of which
   * only some are read: there the others need their keys and values alone.
   */
  readonly wanted: (x: Tensor) => Tensor;
}

/** A decoder-only language model, as expressions. [a, b] is time and batch, in either order. */
export interface Decoder {
  /** Tokens and their positions [a, b] to hidden states [a, b, hiddenSize]. */
  embed(tokens: Tensor, positions: Tensor): Tensor;
  /** One layer: hidden states [a, b, hiddenSize] to those of the wanted tokens, [c, b, hiddenSize]. */
  layer(x: Tensor, layer: number, context: Context): Tensor;
  /** The norm before the head. */
  finalNorm(x: Tensor): Tensor;
  /** The name of the head's weight [vocabSize, hiddenSize], which may be the embedding. */
  readonly headWeight: string;
  readonly headBias: string | undefined;
}
