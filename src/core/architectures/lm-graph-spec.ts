import type { OnnxModel } from '../graph/onnx-model';

/** Which linear layers get low-rank adapters, and how (Hu et al., 2021, arXiv:2106.09685). */
export interface LoraSpec {
  readonly rank: number;
  /** The adapter's product is scaled by alpha / rank. */
  readonly alpha: number;
  /** Part of the adapters' input that is dropped while training, 0 to 1. */
  readonly dropout: number;
  /** As in PEFT: `all-linear`, a regular expression that whole module names match, or ends of module names (`q_proj`). */
  readonly targetModules: readonly string[] | string;
  /** The adapted layers by number. */
  readonly layers: readonly number[];
}

/** Which graph of a model to build. */
export interface LmGraphSpec {
  /**
   * `train`: loss and gradients; `score`: log-probabilities; `trunk`: the hidden state before layer `fromLayer`;
   * `generate`: logits of the next token with a key/value cache.
   */
  readonly kind: 'train' | 'score' | 'trunk' | 'generate';
  /** Adapters, fed as inputs. */
  readonly lora?: LoraSpec;
  /** All weights are trained: they are inputs instead of part of the graph. */
  readonly full?: boolean;
  /** The number of bottom layers whose result is fed as `hidden` instead of tokens; for `trunk`, that are run. */
  readonly fromLayer?: number;
  /** The softmax is over `allowed_tokens` only, and `targets` count within them. */
  readonly restrictHead?: boolean;
}

/** A tensor that training changes: the graph input of this name, and in `train` its gradient `grad.<name>`. */
export interface TrainableSpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** Where its first values come from: zeros, uniform in ±1/√(columns) as PEFT does, or the model's own weights. */
  readonly init: 'zero' | 'kaiming' | 'base';
  /** Whether weight decay applies: to matrices, not to norms and biases. */
  readonly decay: boolean;
}

/** A graph of a model, ready for `GraphSession.open`. */
export interface LmGraph extends OnnxModel {
  readonly trainables: readonly TrainableSpec[];
}
