import { apply } from '../nodes';
import { broadcastShapes } from '../shape';
import type { Tensor } from '../tensor';

/** ⌊a / b⌋ of integers that are not negative. */
export function quotient(a: Tensor, b: Tensor): Tensor {
  return apply({ type: 'Div', inputs: [a, b] }, broadcastShapes(a.shape, b.shape), a.dtype);
}

/** The rest of that division. */
export function remainder(a: Tensor, b: Tensor): Tensor {
  return apply({ type: 'Mod', inputs: [a, b] }, broadcastShapes(a.shape, b.shape), a.dtype);
}
