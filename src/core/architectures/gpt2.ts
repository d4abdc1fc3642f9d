import { add } from '../graph/ops/add';
import { split } from '../graph/ops/concat';
import { gatherRows } from '../graph/ops/gather';
import { layerNorm } from '../graph/ops/layer-norm';
import type { Tensor } from '../graph/tensor';
import { activate } from './activate';
import type { Decoder } from './decoder';
import { linear } from './linear';
import type { Parameters } from './parameters';

/**
 * GPT-2 (Radford et al., 2019) and distilgpt2: learned positions, layer norms n before attention and feed-forward:
 * h = x + O·attention(QKV·n(x)), y = h + P·gelu(F·n(h)).
 */
export function gpt2(parameters: Parameters): Decoder {
  const { config } = parameters;
  const norm = (x: Tensor, name: string): Tensor =>
    layerNorm(x, parameters.tensor(`${name}.weight`), parameters.tensor(`${name}.bias`), config.normEpsilon);

  return {
    embed: (tokens, positions) =>
      add(
        gatherRows(parameters.tensor('transformer.wte.weight'), tokens),
        gatherRows(parameters.tensor('transformer.wpe.weight'), positions),
      ),
    layer: (x, layer, { attend, wanted }) => {
      const name = `transformer.h.${layer}`;
      const projected = linear(norm(x, `${name}.ln_1`), `${name}.attn.c_attn`, parameters);
      const [q, k, v] = split(projected, Array<number>(3).fill(config.hiddenSize), -1);
      const h = add(wanted(x), linear(attend(layer, wanted(q!), k!, v!), `${name}.attn.c_proj`, parameters));
      const inner = activate(linear(norm(h, `${name}.ln_2`), `${name}.mlp.c_fc`, parameters), config.activation);
      return add(h, linear(inner, `${name}.mlp.c_proj`, parameters));
    },
    finalNorm: (x) => norm(x, 'transformer.ln_f'),
    headWeight: config.tiedHead ? 'transformer.wte.weight' : 'lm_head.weight',
    headBias: undefined,
  };
}
