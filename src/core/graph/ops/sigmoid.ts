import { scalar } from '../constants';
import { apply } from '../nodes';
import type { Tensor } from '../tensor';
import { subtract } from './add';
import { multiply } from './multiply';

/** σ(x) = 1/(1 + e⁻ˣ); dx = dy ∘ y ∘ (1 − y). */
export function sigmoid(x: Tensor): Tensor {
  const y: Tensor = apply(
    { type: 'Sigmoid', inputs: [x], derivative: ([dy]) => [multiply(dy!, multiply(y, subtract(scalar(1), y)))] },
    x.shape,
  );
  return y;
}
