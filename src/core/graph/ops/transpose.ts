import { apply } from '../nodes';
import type { Tensor } from '../tensor';

/** Axis i of the result is axis `order[i]` of x. */
export function transpose(x: Tensor, order: readonly number[]): Tensor {
  const inverse = order.map((_, axis) => order.indexOf(axis));
  return apply(
    {
      type: 'Transpose',
      inputs: [x],
      attributes: { perm: order },
      derivative: ([dy]) => [transpose(dy!, inverse)],
    },
    order.map((axis) => x.shape[axis]!),
    x.dtype,
  );
}
