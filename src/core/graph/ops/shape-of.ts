import { apply } from '../nodes';
import type { Tensor } from '../tensor';

/** The shape of a tensor as int64 values at run time; `start` and `end` choose some of its axes. */
export function shapeOf(x: Tensor, start = 0, end = x.rank): Tensor {
  return apply({ type: 'Shape', inputs: [x], attributes: { start, end } }, [end - start], 'int64');
}
