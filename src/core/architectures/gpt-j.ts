import { add } from '../graph/ops/add';
import { gatherRows } from '../graph/ops/gather';
import { layerNorm } from '../graph/ops/layer-norm';
import { rotate } from '../graph/ops/rotary';
import type { Tensor } from '../graph/tensor';
import { activate } from './activate';
import type { Decoder } from './decoder';
import { linear, linears } from './linear';
import type { Parameters } from './parameters';

/**
 * GPT-J (Wang and Komatsuzaki, 2021): one layer norm n for both parts, which read the same input, rotary positions on
 * the first values of each head, no bias in attention: y = x + O·attention(rope(Q·n), rope(K·n), V·n) + P·gelu(F·n).
 */
export function gptJ(parameters: Parameters): Decoder {
  const { config } = parameters;
  const norm = (x: Tensor, name: string): Tensor =>
    layerNorm(x, parameters.tensor(`${name}.weight`), parameters.tensor(`${name}.bias`), config.normEpsilon);

  return {
    embed: (tokens) => gatherRows(parameters.tensor('transformer.wte.weight'), tokens),
    layer: (x, layer, { attend, rotation, wanted }) => {
      const name = `transformer.h.${layer}`;
      const n = norm(x, `${name}.ln_1`);
      const projections = ['q_proj', 'k_proj', 'v_proj'].map((part) => `${name}.attn.${part}`);
      const [q, k, v] = linears(n, projections, parameters);
      const turned = (part: Tensor): Tensor => rotate(part, rotation!, config.heads, config.rope!.dimensions);
      const attended = linear(attend(layer, wanted(turned(q!)), turned(k!), v!), `${name}.attn.out_proj`, parameters);
      const inner = linear(wanted(n), `${name}.mlp.fc_in`, parameters);
      const fed = linear(activate(inner, config.activation), `${name}.mlp.fc_out`, parameters);
      return add(wanted(x), add(attended, fed));
    },
    finalNorm: (x) => norm(x, 'transformer.ln_f'),
    headWeight: 'lm_head.weight',
    headBias: 'lm_head.bias',
  };
}
