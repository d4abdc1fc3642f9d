import { apply } from '../nodes';
import type { Tensor } from '../tensor';
import { multiply } from './multiply';

/** eˣ, its own derivative. */
export function exp(x: Tensor): Tensor {
  const y: Tensor = apply({ type: 'Exp', inputs: [x], derivative: ([dy]) => [multiply(dy!, y)] }, x.shape);
  return y;
}
