import { add } from '../graph/ops/add';
import { split } from '../graph/ops/concat';
import { gatherRows } from '../graph/ops/gather';
import { layerNorm } from '../graph/ops/layer-norm';
import { reshape } from '../graph/ops/reshape';
import { rotate } from '../graph/ops/rotary';
import type { Tensor } from '../graph/tensor';
import { activate } from './activate';
import type { Context, Decoder } from './decoder';
import { linear } from './linear';
import type { Parameters } from './parameters';

/**
 * GPT-NeoX (Black et al., 2022, arXiv:2204.06745) and Pythia: two layer norms n1, n2, rotary positions on a part of each
 * head; query, key and value of a head lie side by side in one projection. With a parallel residual
 * y = x + attention(n1(x)) + feedForward(n2(x)), else h = x + attention(n1(x)), y = h + feedForward(n2(h)).
 */
export function gptNeoX(parameters: Parameters): Decoder {
  const { config } = parameters;
  const norm = (x: Tensor, name: string): Tensor =>
    layerNorm(x, parameters.tensor(`${name}.weight`), parameters.tensor(`${name}.bias`), config.normEpsilon);

  const attention = (x: Tensor, layer: number, { attend, rotation, wanted }: Context): Tensor => {
    const name = `gpt_neox.layers.${layer}.attention`;
    const projected = linear(x, `${name}.query_key_value`, parameters);
    const [a, b] = x.shape;
    const perHead = reshape(projected, [a!, b!, config.heads, 3 * config.headDim]);
    const [q, k, v] = split(perHead, Array<number>(3).fill(config.headDim), -1).map((part) =>
      reshape(part, [a!, b!, config.hiddenSize]),
    );
    const turned = (part: Tensor): Tensor => rotate(part, rotation!, config.heads, config.rope!.dimensions);
    return linear(attend(layer, wanted(turned(q!)), turned(k!), v!), `${name}.dense`, parameters);
  };

  const feedForward = (x: Tensor, layer: number): Tensor => {
    const name = `gpt_neox.layers.${layer}.mlp`;
    const inner = activate(linear(x, `${name}.dense_h_to_4h`, parameters), config.activation);
    return linear(inner, `${name}.dense_4h_to_h`, parameters);
  };

  return {
    embed: (tokens) => gatherRows(parameters.tensor('gpt_neox.embed_in.weight'), tokens),
    layer: (x, layer, context) => {
      const name = `gpt_neox.layers.${layer}`;
      const attended = attention(norm(x, `${name}.input_layernorm`), layer, context);
      const rest = context.wanted(x);
      const h = add(rest, attended);
      const read = config.parallelResidual ? rest : h;
      return add(h, feedForward(norm(read, `${name}.post_attention_layernorm`), layer));
    },
    finalNorm: (x) => norm(x, 'gpt_neox.final_layer_norm'),
    headWeight: config.tiedHead ? 'gpt_neox.embed_in.weight' : 'embed_out.weight',
    headBias: undefined,
  };
}
