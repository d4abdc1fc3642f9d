import { longs } from '../constants';
import { apply } from '../nodes';
import { axisIndex, formatShape, sameShape, shapeError } from '../shape';
import type { Shape, Tensor } from '../tensor';
import { expandLike } from './expand';
import { reshape } from './reshape';

/** The sum over some axes, which stay with size 1. */
export function sum(x: Tensor, axes: readonly number[]): Tensor {
  return reduce('ReduceSum', x, axes, (dy) => expandLike(dy, x));
}

/** The mean over some axes, which stay with size 1. No derivative: it serves inside derivatives. */
export function mean(x: Tensor, axes: readonly number[]): Tensor {
  return reduce('ReduceMean', x, axes, undefined);
}

function reduce(type: string, x: Tensor, axes: readonly number[], back: ((dy: Tensor) => Tensor) | undefined): Tensor {
  const indices = axes.map((axis) => axisIndex(axis, x.rank));
  const shape = x.shape.map((dim, axis) => (indices.includes(axis) ? 1 : dim));
  const spec = { type, inputs: [x, longs(indices)], attributes: { keepdims: 1 } };
  return apply(back ? { ...spec, derivative: ([dy]) => [back(dy!), undefined] } : spec, shape, x.dtype);
}

/** Undoes broadcasting: sums a gradient of a larger shape down to `shape`, that of the operand it belongs to. */
export function sumTo(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const added = x.rank - shape.length;
  const axes = x.shape.flatMap((dim, axis) => (axis < added || (shape[axis - added] === 1 && dim !== 1) ? [axis] : []));
  const fits = x.shape.slice(added).every((dim, axis) => shape[axis] === 1 || shape[axis] === dim);
  if (added < 0 || !fits) throw shapeError(`cannot sum ${formatShape(x.shape)} to ${formatShape(shape)}`);
  const summed = sum(x, axes);
  return added === 0 ? summed : reshape(summed, shape);
}
