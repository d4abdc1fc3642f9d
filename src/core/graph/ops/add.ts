import { apply } from '../nodes';
import { broadcastShapes } from '../shape';
import type { Tensor } from '../tensor';
import { negate } from './multiply';
import { sumTo } from './reduce';

/** a + b with broadcasting. */
export function add(a: Tensor, b: Tensor): Tensor {
  const derivative = ([dy]: readonly (Tensor | undefined)[]) => [sumTo(dy!, a.shape), sumTo(dy!, b.shape)];
  return apply({ type: 'Add', inputs: [a, b], derivative }, broadcastShapes(a.shape, b.shape), a.dtype);
}

/** a − b with broadcasting. */
export function subtract(a: Tensor, b: Tensor): Tensor {
  const derivative = ([dy]: readonly (Tensor | undefined)[]) => [sumTo(dy!, a.shape), sumTo(negate(dy!), b.shape)];
  return apply({ type: 'Sub', inputs: [a, b], derivative }, broadcastShapes(a.shape, b.shape), a.dtype);
}
