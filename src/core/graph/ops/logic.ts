import { apply } from '../nodes';
import { broadcastShapes } from '../shape';
import type { Tensor } from '../tensor';

/** Element-wise comparisons and choices, with broadcasting; no gradient flows through them. */
export function less(a: Tensor, b: Tensor): Tensor {
  return apply({ type: 'Less', inputs: [a, b] }, broadcastShapes(a.shape, b.shape), 'bool');
}

export function equal(a: Tensor, b: Tensor): Tensor {
  return apply({ type: 'Equal', inputs: [a, b] }, broadcastShapes(a.shape, b.shape), 'bool');
}

export function and(a: Tensor, b: Tensor): Tensor {
  return apply({ type: 'And', inputs: [a, b] }, broadcastShapes(a.shape, b.shape), 'bool');
}

/** `yes` where the condition holds, else `no`. */
export function where(condition: Tensor, yes: Tensor, no: Tensor): Tensor {
  const shape = broadcastShapes(condition.shape, broadcastShapes(yes.shape, no.shape));
  return apply({ type: 'Where', inputs: [condition, yes, no] }, shape, yes.dtype);
}

export function not(a: Tensor): Tensor {
  return apply({ type: 'Not', inputs: [a] }, a.shape, 'bool');
}
