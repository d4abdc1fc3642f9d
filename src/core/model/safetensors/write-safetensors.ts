import { writeFileAtomically } from '../../foundation/atomic-file';
import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import { toBF16, toF16 } from './half-floats';
import type { WeightType } from '../model-folder';
import { countElements } from './tensor-shapes';

/** A tensor to write: 32-bit floats are rounded to a 16-bit `dtype`; 16-bit patterns are written as they are. */
export interface TensorData {
  readonly dtype: WeightType;
  readonly shape: readonly number[];
  readonly data: Float32Array | Uint16Array;
}

/**
 * Writes a safetensors file atomically: header padded with spaces to a multiple of 8 bytes, wide types first and then
 * by name as the reference writer orders them, so that every tensor is aligned.
 *
 * @param metadata texts for the header; `format: pt` is what transformers and PEFT expect
 * @throws `disk-full`, `file-unwritable`, `file-not-found`
 */
export async function writeSafetensors(
  path: string,
  tensors: ReadonlyMap<string, TensorData>,
  metadata: Readonly<Record<string, string>> = { format: 'pt' },
): Promise<void> {
  const ordered = [...tensors].sort(([nameA, a], [nameB, b]) => {
    return elementSize(b.dtype) - elementSize(a.dtype) || (nameA < nameB ? -1 : 1);
  });
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  for (const [name, tensor] of ordered) {
    const bytes = countElements(tensor.shape) * elementSize(tensor.dtype);
    if (countElements(tensor.shape) !== tensor.data.length) {
      throw new LiftError(
        'internal',
        phrase`${name} has ${tensor.data.length} values for the shape [${tensor.shape.join()}].`,
      );
    }
    header[name] = { dtype: tensor.dtype, shape: tensor.shape, data_offsets: [offset, offset + bytes] };
    offset += bytes;
  }
  const json = Buffer.from(JSON.stringify(header));
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const content = Buffer.alloc(8 + headerBytes + offset, ' ');
  content.writeBigUInt64LE(BigInt(headerBytes));
  json.copy(content, 8);
  let position = 8 + headerBytes;
  for (const [, tensor] of ordered) {
    const stored = storedData(tensor);
    content.set(new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength), position);
    position += stored.byteLength;
  }
  try {
    await writeFileAtomically(path, content);
  } catch (error) {
    throw LiftError.from(error);
  }
}

function elementSize(dtype: WeightType): number {
  return dtype === 'F32' ? 4 : 2;
}

function storedData({ dtype, data }: TensorData): Float32Array | Uint16Array {
  if (data instanceof Uint16Array) {
    if (dtype !== 'F32') return data;
    throw new LiftError('internal', '16-bit patterns cannot be written as F32.');
  }
  switch (dtype) {
    case 'F32':
      return data;
    case 'F16':
      return toF16(data);
    case 'BF16':
      return toBF16(data);
  }
}
