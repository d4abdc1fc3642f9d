import { longs } from '../constants';
import { apply, operation } from '../nodes';
import { axisIndex, fixedDim } from '../shape';
import type { Dim, Tensor } from '../tensor';

/** The tensors one after the other along an axis; `size` names the sum where a part has no fixed size. */
export function concat(parts: readonly Tensor[], axis: number, size?: Dim): Tensor {
  const first = parts[0]!;
  const at = axisIndex(axis, first.rank);
  const total = size ?? parts.reduce((sum, part) => sum + fixedDim(part.shape, at), 0);
  return apply(
    {
      type: 'Concat',
      inputs: parts,
      attributes: { axis: at },
      derivative: ([dy]) =>
        split(
          dy!,
          parts.map((part) => fixedDim(part.shape, at)),
          at,
        ),
    },
    first.shape.map((dim, index) => (index === at ? total : dim)),
    first.dtype,
  );
}

/** Cuts an axis into parts of the given sizes; the inverse of `concat`. All parts must be used by the loss, or none. */
export function split(x: Tensor, sizes: readonly number[], axis: number): Tensor[] {
  const at = axisIndex(axis, x.rank);
  if (sizes.length === 1) return [x];
  return operation(
    {
      type: 'Split',
      inputs: [x, longs(sizes)],
      attributes: { axis: at },
      derivative: (gradients) => [
        concat(
          gradients.map((gradient) => gradient!),
          at,
        ),
        undefined,
      ],
    },
    sizes.map((size) => ({ shape: x.shape.map((dim, index) => (index === at ? size : dim)), dtype: x.dtype })),
  );
}
