import { integers, longs, scalar } from '../constants';
import { apply, operation } from '../nodes';
import type { Dim, Tensor } from '../tensor';
import { add, subtract } from './add';
import { cast } from './cast';
import { concat, split } from './concat';
import { quotient } from './integer-division';
import { multiply } from './multiply';
import { sizeOf } from './range';
import { shapeOf } from './shape-of';

/** A division of rows, whose number is known at run time only, into blocks that are as even as may be. */
export interface RowBlocks {
  /** The number of all rows. */
  readonly total: Dim;
  /** Rows of each block, int64 [count]. */
  readonly sizes: Tensor;
  readonly blocks: readonly RowBlock[];
}

interface RowBlock {
  /** The row after the last of this block, int64 [1]. */
  readonly end: Tensor;
  /** Names of the number of rows in this block, and up to its end. */
  readonly size: Dim;
  readonly upToEnd: Dim;
}

/** Block i of n ends before row ⌈(i + 1)·rows / n⌉. `x` has these rows on an axis. */
export function evenBlocks(x: Tensor, axis: number, count: number): RowBlocks {
  const rows = sizeOf(x, axis);
  const edge = (first: number): Tensor => {
    const shares = integers(Array.from({ length: count }, (_, block) => first + block));
    return cast(quotient(add(multiply(shares, rows), integers([count - 1])), integers([count])), 'int64');
  };
  const ends = edge(1);
  const parts = split(ends, Array<number>(count).fill(1), 0);
  return {
    total: x.shape[axis]!,
    sizes: subtract(ends, edge(0)),
    blocks: parts.map((end, block) => ({ end, size: `block${block}`, upToEnd: `block0..${block}` })),
  };
}

/** The blocks of x along an axis. All of them must be used by the loss, or none. */
export function cutRows(x: Tensor, rows: RowBlocks, axis = 0): Tensor[] {
  return operation(
    {
      type: 'Split',
      inputs: [x, rows.sizes],
      attributes: { axis },
      derivative: (gradients) => [
        joinRows(
          gradients.map((gradient) => gradient!),
          rows,
          axis,
        ),
        undefined,
      ],
    },
    rows.blocks.map(({ size }) => ({ shape: x.shape.map((dim, at) => (at === axis ? size : dim)), dtype: x.dtype })),
  );
}

/** The inverse of `cutRows`. */
export function joinRows(parts: readonly Tensor[], rows: RowBlocks, axis = 0): Tensor {
  const first = parts[0]!;
  return apply(
    { type: 'Concat', inputs: parts, attributes: { axis }, derivative: ([dy]) => cutRows(dy!, rows, axis) },
    first.shape.map((dim, at) => (at === axis ? rows.total : dim)),
    first.dtype,
  );
}

/** Of x the rows before the end of a block. */
export function rowsUpTo({ end, upToEnd }: RowBlock, x: Tensor, axis = 0): Tensor {
  return apply(
    {
      type: 'Slice',
      inputs: [x, longs([0]), end, longs([axis])],
      derivative: ([dy]) => [padded(dy!, x, axis), undefined, undefined, undefined],
    },
    x.shape.map((dim, at) => (at === axis ? upToEnd : dim)),
    x.dtype,
  );
}

/** Zeros behind x up to the size of `like`. */
function padded(x: Tensor, like: Tensor, axis: number): Tensor {
  const missing = subtract(shapeOf(like), shapeOf(x));
  const pads = concat([longs(Array<number>(x.rank).fill(0)), missing], 0);
  return apply(
    { type: 'Pad', inputs: [x, pads, scalar(0)] },
    x.shape.map((dim, at) => (at === axis ? like.shape[at]! : dim)),
  );
}
