import { initializer } from './nodes';
import type { Tensor } from './tensor';

/** A float32 scalar. */
export function scalar(value: number): Tensor {
  return floats([value], []);
}

/** An int32 scalar. */
export function integer(value: number): Tensor {
  return integers([value], []);
}

export function floats(values: ArrayLike<number>, shape: readonly number[] = [values.length]): Tensor {
  return initializer({ kind: 'inline', bytes: bytesOf(Float32Array.from(values)) }, 'float32', shape);
}

export function integers(values: ArrayLike<number>, shape: readonly number[] = [values.length]): Tensor {
  return initializer({ kind: 'inline', bytes: bytesOf(Int32Array.from(values)) }, 'int32', shape);
}

/** Int64 values, as operators want them for shapes and axes. */
export function longs(values: readonly number[], shape: readonly number[] = [values.length]): Tensor {
  return initializer({ kind: 'inline', bytes: bytesOf(BigInt64Array.from(values, BigInt)) }, 'int64', shape);
}

function bytesOf(array: Float32Array | Int32Array | BigInt64Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
