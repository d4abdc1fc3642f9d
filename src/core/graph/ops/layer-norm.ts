import { operation } from '../nodes';
import type { Tensor } from '../tensor';
import { add, subtract } from './add';
import { multiply } from './multiply';
import { mean, sum } from './reduce';
import { flattenRows, reshape } from './reshape';

/**
 * Layer norm over the last axis (Ba et al., 2016, arXiv:1607.06450): y = g ∘ (x − μ) · r + b with r = 1/√(var x + ε).
 * With u = dy ∘ g and c = x − μ: dx = r · (u − mean u − c · r² · mean(u ∘ c)), dg = Σ dy ∘ c · r, db = Σ dy.
 */
export function layerNorm(x: Tensor, gain: Tensor, bias: Tensor, epsilon: number): Tensor {
  const statistic = { shape: [...x.shape.slice(0, -1), 1], dtype: 'float32' } as const;
  const [y, mu, r] = operation(
    {
      type: 'LayerNormalization',
      attributes: { axis: -1, epsilon: { float: epsilon } },
      inputs: [x, gain, bias],
      derivative: ([dy]) => {
        const u = multiply(dy!, gain);
        const centred = subtract(x, mu!);
        const pull = multiply(mean(multiply(u, centred), [-1]), multiply(r!, r!));
        const dx = multiply(subtract(u, add(multiply(centred, pull), mean(u, [-1]))), r!);
        const dgain = sum(flattenRows(multiply(dy!, multiply(centred, r!))), [0]);
        const dbias = sum(flattenRows(dy!), [0]);
        return [dx, reshape(dgain, gain.shape), reshape(dbias, bias.shape)];
      },
    },
    [{ shape: x.shape, dtype: 'float32' }, statistic, statistic],
  );
  return y!;
}
