import { scalar } from '../constants';
import { apply } from '../nodes';
import type { Tensor } from '../tensor';
import { less, where } from './logic';

/** max(x, 0); the gradient passes where x > 0. */
export function relu(x: Tensor): Tensor {
  const zero = scalar(0);
  return apply({ type: 'Relu', inputs: [x], derivative: ([dy]) => [where(less(zero, x), dy!, zero)] }, x.shape);
}
