import { apply } from '../nodes';
import type { Tensor } from '../tensor';
import { subtract } from './add';
import { multiply } from './multiply';
import { sum } from './reduce';

/** Softmax over the last axis, p = exp(x) / Σ exp(x); dx = p ∘ (dp − Σ dp ∘ p). */
export function softmax(x: Tensor): Tensor {
  const p: Tensor = apply(
    {
      type: 'Softmax',
      inputs: [x],
      attributes: { axis: -1 },
      derivative: ([dp]) => [multiply(p, subtract(dp!, sum(multiply(dp!, p), [-1])))],
    },
    x.shape,
  );
  return p;
}
