import { integer, longs, scalar } from '../constants';
import { apply } from '../nodes';
import { broadcastShapes } from '../shape';
import type { Tensor } from '../tensor';
import { add } from './add';
import { cast } from './cast';
import { quotient } from './integer-division';
import { less, where } from './logic';
import { multiply } from './multiply';
import { rangeOver } from './range';
import { flattenRows, reshape } from './reshape';

const words = 2 ** 32;

/**
 * Dropout (Srivastava et al., 2014): each value of x is zero with probability `rate`, else divided by 1 − rate. The mask
 * is a function of `seed` (an int32 scalar, fed), of `site` (a number for each use in the graph) and of the value's row
 * and column, with no state: the same seed drops the same values, so a resumed run repeats itself. A value is kept where
 * the high bits of (row hash · column hash) mod 2³², a universal multiplicative hash, reach the rate.
 */
export function dropout(x: Tensor, { seed, site, rate }: { seed: Tensor; site: number; rate: number }): Tensor {
  const rows = flattenRows(x);
  const stream = add(multiply(cast(seed, 'int64'), longs([0x9e3779b], [])), longs([site * 0x85ebca7], []));
  const row = hash(rangeOver(rows, 0), stream);
  const column = hash(rangeOver(rows, 1), add(stream, longs([0x27d4eb2f], [])));
  const product = multiply(reshape(row, ['rows', 1]), column);
  const dropped = less(product, integer(Math.round(rate * words) - words / 2));
  const mask = where(dropped, scalar(0), scalar(1 / (1 - rate)));
  return multiply(x, reshape(mask, x.shape, x));
}

/** Well mixed odd int32 values for counters and a stream number (the finaliser of MurmurHash3, in 64-bit arithmetic). */
function hash(counters: Tensor, stream: Tensor): Tensor {
  let mixed = low32(add(multiply(cast(counters, 'int64'), longs([0x61c88647], [])), stream));
  mixed = xorShift(mixed, 16);
  mixed = xorShift(low32(multiply(mixed, longs([0x45d9f3b], []))), 16);
  mixed = xorShift(low32(multiply(mixed, longs([0x45d9f3b], []))), 16);
  const odd = bitwise('BitwiseOr', mixed, longs([1], []));
  return cast(add(odd, longs([-words / 2], [])), 'int32');
}

function xorShift(x: Tensor, bits: number): Tensor {
  return bitwise('BitwiseXor', x, quotient(x, longs([2 ** bits], [])));
}

function low32(x: Tensor): Tensor {
  return bitwise('BitwiseAnd', x, longs([words - 1], []));
}

function bitwise(type: string, a: Tensor, b: Tensor): Tensor {
  return apply({ type, inputs: [a, b] }, broadcastShapes(a.shape, b.shape), a.dtype);
}
