import { operation } from '../nodes';
import type { Tensor } from '../tensor';
import { subtract } from './add';
import { multiply } from './multiply';
import { mean, sum } from './reduce';
import { flattenRows, reshape } from './reshape';

/**
 * Root-mean-square norm over the last axis (Zhang and Sennrich, 2019, arXiv:1910.07467): y = g ∘ x · r with
 * r = 1/√(mean x² + ε). With u = dy ∘ g: dx = r·u − x · r³ · mean(u ∘ x), dg = Σ dy ∘ x · r.
 */
export function rmsNorm(x: Tensor, gain: Tensor, epsilon: number): Tensor {
  const [y, r] = operation(
    {
      type: 'SimplifiedLayerNormalization',
      attributes: { axis: -1, epsilon: { float: epsilon }, stash_type: 1 },
      inputs: [x, gain],
      derivative: ([dy]) => {
        const u = multiply(dy!, gain);
        const pull = multiply(mean(multiply(u, x), [-1]), multiply(r!, multiply(r!, r!)));
        const dgain = sum(flattenRows(multiply(dy!, multiply(x, r!))), [0]);
        return [subtract(multiply(u, r!), multiply(x, pull)), reshape(dgain, gain.shape)];
      },
    },
    [
      { shape: x.shape, dtype: 'float32' },
      { shape: [...x.shape.slice(0, -1), 1], dtype: 'float32' },
    ],
  );
  return y!;
}
