import { apply } from '../nodes';
import type { Tensor } from '../tensor';
import { sumTo } from './reduce';
import { shapeOf } from './shape-of';

/** x broadcast to the shape of `other`. */
export function expandLike(x: Tensor, other: Tensor): Tensor {
  const derivative = ([dy]: readonly (Tensor | undefined)[]) => [sumTo(dy!, x.shape), undefined];
  return apply({ type: 'Expand', inputs: [x, shapeOf(other)], derivative }, other.shape, x.dtype);
}
