import { scalar } from '../constants';
import { apply } from '../nodes';
import { broadcastShapes } from '../shape';
import type { Tensor } from '../tensor';
import { sumTo } from './reduce';

/** a ∘ b with broadcasting; d/da = b, d/db = a. */
export function multiply(a: Tensor, b: Tensor): Tensor {
  return apply(
    {
      type: 'Mul',
      inputs: [a, b],
      derivative: ([dy]) => [sumTo(multiply(dy!, b), a.shape), sumTo(multiply(dy!, a), b.shape)],
    },
    broadcastShapes(a.shape, b.shape),
    a.dtype,
  );
}

/** factor · x */
export function scale(x: Tensor, factor: number): Tensor {
  return multiply(x, scalar(factor));
}

/** −x */
export function negate(x: Tensor): Tensor {
  return apply({ type: 'Neg', inputs: [x], derivative: ([dy]) => [negate(dy!)] }, x.shape, x.dtype);
}
