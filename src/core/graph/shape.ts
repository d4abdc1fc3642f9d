import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import type { Dim, Shape } from './tensor';

export function sameShape(left: Shape, right: Shape): boolean {
  return left.length === right.length && left.every((dim, axis) => dim === right[axis]);
}

export function formatShape(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}

/** The shape of an element-wise operation over both, by NumPy's broadcasting rule. */
export function broadcastShapes(left: Shape, right: Shape): Dim[] {
  const rank = Math.max(left.length, right.length);
  return Array.from({ length: rank }, (_, axis) => {
    const a = left[axis - rank + left.length] ?? 1;
    const b = right[axis - rank + right.length] ?? 1;
    if (a === 1) return b;
    if (b === 1 || a === b) return a;
    throw shapeError(`cannot broadcast ${formatShape(left)} with ${formatShape(right)}`);
  });
}

/** The index of an axis that may be given from the end (-1 is the last). */
export function axisIndex(axis: number, rank: number): number {
  const index = axis < 0 ? axis + rank : axis;
  if (index < 0 || index >= rank) throw shapeError(`axis ${axis} of a tensor of rank ${rank}`);
  return index;
}

/** A dimension that must be known when the graph is built. */
export function fixedDim(shape: Shape, axis: number): number {
  const dim = shape[axisIndex(axis, shape.length)];
  if (typeof dim !== 'number') throw shapeError(`axis ${axis} of ${formatShape(shape)} must have a fixed size`);
  return dim;
}

/** A defect in how a graph is written, not in what a user gave. */
export function shapeError(message: string): LiftError {
  return new LiftError('internal', phrase`Tensor shapes do not fit: ${message}.`);
}
