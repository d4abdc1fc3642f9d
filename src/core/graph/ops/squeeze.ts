import { longs } from '../constants';
import { apply } from '../nodes';
import { axisIndex } from '../shape';
import type { Tensor } from '../tensor';

/** Without the given axes, which must have size 1. */
export function squeeze(x: Tensor, axes: readonly number[]): Tensor {
  const indices = axes.map((axis) => axisIndex(axis, x.rank));
  const shape = x.shape.filter((_, axis) => !indices.includes(axis));
  const derivative = ([dy]: readonly (Tensor | undefined)[]) => [unsqueeze(dy!, indices), undefined];
  return apply({ type: 'Squeeze', inputs: [x, longs(indices)], derivative }, shape, x.dtype);
}

/** With new axes of size 1, so that they are at these places of the result. */
export function unsqueeze(x: Tensor, axes: readonly number[]): Tensor {
  const shape: (number | string)[] = [...x.shape];
  for (const axis of [...axes].sort((left, right) => left - right)) shape.splice(axis, 0, 1);
  const derivative = ([dy]: readonly (Tensor | undefined)[]) => [squeeze(dy!, axes), undefined];
  return apply({ type: 'Unsqueeze', inputs: [x, longs(axes)], derivative }, shape, x.dtype);
}
