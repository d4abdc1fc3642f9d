import { longs } from '../constants';
import { apply } from '../nodes';
import type { Shape, Tensor } from '../tensor';
import { shapeOf } from './shape-of';

/**
 * The same values in another shape. A named dimension that keeps its place is copied; one other may be new and follows
 * from the rest; when there are more, they are taken from `like`, a tensor of the wanted shape.
 */
export function reshape(x: Tensor, shape: Shape, like?: Tensor): Tensor {
  const target = shape.map((dim, axis) => (typeof dim === 'number' ? dim : dim === x.shape[axis] ? 0 : -1));
  const ambiguous = target.filter((dim) => dim === -1).length > 1;
  const sizes = ambiguous && like ? shapeOf(like) : longs(target);
  const derivative = ([dy]: readonly (Tensor | undefined)[]) => [reshape(dy!, x.shape, x), undefined];
  return apply({ type: 'Reshape', inputs: [x, sizes], derivative }, shape, x.dtype);
}

/** [a, b, …, z] to [a·b·…, z]: the leading axes become one, named `rows`. */
export function flattenRows(x: Tensor): Tensor {
  return x.rank === 2 ? x : reshape(x, ['rows', x.shape.at(-1)!]);
}
