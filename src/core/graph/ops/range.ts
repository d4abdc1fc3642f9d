import { integer } from '../constants';
import { apply } from '../nodes';
import type { Tensor } from '../tensor';
import { cast } from './cast';
import { shapeOf } from './shape-of';
import { squeeze } from './squeeze';

/** 0, 1, …, n − 1 as int32, where n is the size of an axis of x. */
export function rangeOver(x: Tensor, axis: number): Tensor {
  const size = cast(squeeze(shapeOf(x, axis, axis + 1), [0]), 'int32');
  return apply({ type: 'Range', inputs: [integer(0), size, integer(1)] }, [x.shape[axis]!], 'int32');
}
