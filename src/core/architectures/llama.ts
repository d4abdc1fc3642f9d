import { add } from '../graph/ops/add';
import { gatherRows } from '../graph/ops/gather';
import { multiply } from '../graph/ops/multiply';
import { reshape } from '../graph/ops/reshape';
import { rmsNorm } from '../graph/ops/rms-norm';
import { rotate } from '../graph/ops/rotary';
import type { Tensor } from '../graph/tensor';
import { activate } from './activate';
import type { Context, Decoder } from './decoder';
import { linear, linears } from './linear';
import type { Parameters } from './parameters';

/**
 * Llama (Touvron et al., 2023, arXiv:2302.13971) and its relatives: SmolLM2, Mistral, Qwen2 (biases of queries, keys and
 * values), Qwen3 (norms of queries and keys). With RMS norms n:
 * h = x + O·attention(rope(Q·n(x)), rope(K·n(x)), V·n(x)), y = h + D·(silu(G·n(h)) ∘ U·n(h)).
 */
export function llama(parameters: Parameters): Decoder {
  const { config } = parameters;
  const norm = (x: Tensor, name: string): Tensor => rmsNorm(x, parameters.tensor(`${name}.weight`), config.normEpsilon);

  const headNorm = (x: Tensor, name: string, heads: number): Tensor => {
    if (!config.queryKeyNorm) return x;
    const [a, b, width] = x.shape;
    return reshape(norm(reshape(x, [a!, b!, heads, config.headDim]), name), [a!, b!, width!]);
  };

  const attention = (x: Tensor, layer: number, { attend, rotation, wanted }: Context): Tensor => {
    const name = `model.layers.${layer}.self_attn`;
    const [q, k, v] = linears(x, [`${name}.q_proj`, `${name}.k_proj`, `${name}.v_proj`], parameters);
    const turned = (part: Tensor, norm: string, heads: number): Tensor =>
      rotate(headNorm(part, `${name}.${norm}`, heads), rotation!, heads, config.rope!.dimensions);
    const queries = wanted(turned(q!, 'q_norm', config.heads));
    const mixed = attend(layer, queries, turned(k!, 'k_norm', config.kvHeads), v!);
    return linear(mixed, `${name}.o_proj`, parameters);
  };

  const feedForward = (x: Tensor, layer: number): Tensor => {
    const name = `model.layers.${layer}.mlp`;
    const [gate, up] = linears(x, [`${name}.gate_proj`, `${name}.up_proj`], parameters);
    return linear(multiply(activate(gate!, config.activation), up!), `${name}.down_proj`, parameters);
  };

  return {
    embed: (tokens) => gatherRows(parameters.tensor('model.embed_tokens.weight'), tokens),
    layer: (x, layer, context) => {
      const h = add(context.wanted(x), attention(norm(x, `model.layers.${layer}.input_layernorm`), layer, context));
      return add(h, feedForward(norm(h, `model.layers.${layer}.post_attention_layernorm`), layer));
    },
    finalNorm: (x) => norm(x, 'model.norm'),
    headWeight: config.tiedHead ? 'model.embed_tokens.weight' : 'lm_head.weight',
    headBias: undefined,
  };
}
