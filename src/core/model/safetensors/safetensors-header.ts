import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { Phrase } from '../../foundation/phrase';
import { isRecord } from '../config/config-fields';
import { countElements } from './tensor-shapes';

/** Bytes of one element, by the names of the safetensors format. */
const elementBytes: Readonly<Record<string, number>> = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E4M3: 1,
  F8_E5M2: 1,
  F8_E8M0: 1,
  U16: 2,
  I16: 2,
  F16: 2,
  BF16: 2,
  U32: 4,
  I32: 4,
  F32: 4,
  U64: 8,
  I64: 8,
  F64: 8,
  C64: 8,
};

/** The largest header that the format's reference reader accepts. */
export const maximumHeaderBytes = 100_000_000;

/** One tensor as a header describes it. */
export interface HeaderTensor {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Bytes from the start of the file. */
  readonly offset: number;
  readonly bytes: number;
}

/**
 * Checks the length that a safetensors file begins with (8 bytes, little-endian) and returns it.
 *
 * @throws `model-invalid` when the file cannot hold such a header
 */
export function readHeaderLength(firstBytes: Uint8Array, fileBytes: number, file: string): number {
  if (firstBytes.length < 8) throw invalid(file, phrase`it is truncated: ${fileBytes} bytes are too few for a header`);
  const view = new DataView(firstBytes.buffer, firstBytes.byteOffset, 8);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(maximumHeaderBytes)) {
    throw invalid(
      file,
      phrase`its header claims ${String(length)} bytes, and at most ${maximumHeaderBytes} are allowed`,
    );
  }
  if (8 + Number(length) > fileBytes) {
    throw invalid(
      file,
      phrase`it is truncated: the header needs ${8 + Number(length)} bytes and the file has ${fileBytes}`,
    );
  }
  return Number(length);
}

/**
 * Reads and validates a safetensors header: known element types, shapes that match their byte ranges, and ranges that
 * follow one another without overlap or gap and end with the file (https://github.com/huggingface/safetensors, Format).
 *
 * @param header the JSON bytes after the length
 * @throws `model-invalid` naming the file and the tensor
 */
export function parseSafetensorsHeader(header: Uint8Array, fileBytes: number, file: string): HeaderTensor[] {
  const dataStart = 8 + header.length;
  const tensors = Object.entries(parseJson(header, file))
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => readEntry(name, value, dataStart, file));
  tensors.sort((a, b) => a.offset - b.offset || a.bytes - b.bytes);
  let end = dataStart;
  for (const tensor of tensors) {
    if (tensor.offset + tensor.bytes > fileBytes) {
      const needed = tensor.offset + tensor.bytes;
      throw invalid(
        file,
        phrase`it is truncated: "${tensor.name}" ends at byte ${needed} and the file has ${fileBytes}`,
      );
    }
    if (tensor.offset < end) throw invalid(file, phrase`the bytes of "${tensor.name}" overlap those of another tensor`);
    if (tensor.offset > end) throw invalid(file, phrase`there are unused bytes before "${tensor.name}"`);
    end = tensor.offset + tensor.bytes;
  }
  if (end !== fileBytes) throw invalid(file, phrase`${fileBytes - end} bytes follow its last tensor`);
  return tensors;
}

function parseJson(header: Uint8Array, file: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(header));
  } catch {
    throw invalid(file, phrase`its header is not JSON`);
  }
  if (!isRecord(value)) throw invalid(file, phrase`its header is not a JSON object`);
  return value;
}

function readEntry(name: string, value: unknown, dataStart: number, file: string): HeaderTensor {
  if (!isRecord(value)) throw invalid(file, phrase`the entry of "${name}" is not an object`);
  const { dtype, shape, data_offsets: offsets } = value;
  const size = typeof dtype === 'string' && Object.hasOwn(elementBytes, dtype) ? elementBytes[dtype] : undefined;
  if (typeof dtype !== 'string' || size === undefined) {
    throw invalid(file, phrase`"${name}" has the unknown element type ${JSON.stringify(dtype)}`);
  }
  if (!isSizes(shape)) throw invalid(file, phrase`"${name}" has the impossible shape ${JSON.stringify(shape)}`);
  if (!isSizes(offsets) || offsets.length !== 2 || offsets[0]! > offsets[1]!) {
    throw invalid(file, phrase`"${name}" has the impossible byte range ${JSON.stringify(offsets)}`);
  }
  const bytes = offsets[1]! - offsets[0]!;
  if (bytes !== countElements(shape) * size) {
    throw invalid(file, phrase`"${name}" of shape [${shape.join(', ')}] and type ${dtype} cannot have ${bytes} bytes`);
  }
  return { name, dtype, shape, offset: dataStart + offsets[0]!, bytes };
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && (size as number) >= 0);
}

function invalid(file: string, reason: Phrase): LiftError {
  return new LiftError(
    'model-invalid',
    phrase`${file} is not a valid safetensors file: ${reason}.`,
    'Download it again.',
  );
}
