import { integer } from '../constants';
import { apply } from '../nodes';
import { axisIndex } from '../shape';
import type { Tensor } from '../tensor';
import { cast } from './cast';
import { shapeOf } from './shape-of';
import { squeeze } from './squeeze';

/** The size of an axis of x at run time, as an int32 scalar. */
export function sizeOf(x: Tensor, axis: number): Tensor {
  const at = axisIndex(axis, x.rank);
  return cast(squeeze(shapeOf(x, at, at + 1), [0]), 'int32');
}

/** 0, 1, …, n − 1 as int32, where n is the size of an axis of x. */
export function rangeOver(x: Tensor, axis: number): Tensor {
  const shape = [x.shape[axisIndex(axis, x.rank)]!];
  return apply({ type: 'Range', inputs: [integer(0), sizeOf(x, axis), integer(1)] }, shape, 'int32');
}
