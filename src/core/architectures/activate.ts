import { gelu, geluTanh } from '../graph/ops/gelu';
import { relu } from '../graph/ops/relu';
import { silu } from '../graph/ops/silu';
import type { Tensor } from '../graph/tensor';
import type { Activation } from '../model/config/model-config';

const functions: Record<Activation, (x: Tensor) => Tensor> = { gelu, gelu_new: geluTanh, relu, silu };

/** An activation function by its Hugging Face name. */
export function activate(x: Tensor, activation: Activation): Tensor {
  return functions[activation](x);
}
