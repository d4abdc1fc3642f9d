import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { LiftError } from '../foundation/lift-error';
import type { PhraseValue } from '../foundation/phrase';
import { phrase } from '../foundation/phrase';
import { readSafetensorsHeader, readTensor } from '../model/safetensors/read-safetensors';
import { writeSafetensors } from '../model/safetensors/write-safetensors';
import type { Parameters } from './initial-parameters';

/** A safetensors file of 32-bit floats within a folder, and what is in it. */
export interface TensorFile {
  readonly file: string;
  /** SHA-256 over names, shapes and values, in hexadecimal. */
  readonly sha256: string;
}

/** Writes tensors atomically and flushes them to the disk. */
export async function writeTensorFile(folder: string, file: string, tensors: Parameters): Promise<TensorFile> {
  const typed = [...tensors].map(([name, { shape, data }]) => [name, { dtype: 'F32' as const, shape, data }] as const);
  await writeSafetensors(join(folder, file), new Map(typed));
  return { file, sha256: digest(tensors) };
}

/** @throws LiftError `run-invalid` when the file is missing, broken or not what was written. */
export async function readTensorFile(folder: string, { file, sha256 }: TensorFile): Promise<Parameters> {
  const path = join(folder, file);
  const tensors = new Map<string, { shape: readonly number[]; data: Float32Array }>();
  try {
    for (const { name, shape, offset, bytes } of (await readSafetensorsHeader(path)).tensors) {
      tensors.set(name, { shape, data: await readTensor({ file: path, dtype: 'F32', shape, offset, bytes }) });
    }
  } catch (error) {
    throw broken(path, LiftError.from(error).said.message, error);
  }
  if (digest(tensors) !== sha256) throw broken(path, phrase`its content is not what was written`);
  return tensors;
}

function broken(path: string, reason: PhraseValue, cause?: unknown): LiftError {
  return new LiftError(
    'run-invalid',
    phrase`The checkpoint file ${path} cannot be used: ${reason}`,
    'Delete the folder of the checkpoint and train again.',
    { cause },
  );
}

function digest(tensors: Parameters): string {
  const hash = createHash('sha256');
  for (const name of [...tensors.keys()].sort()) {
    const { shape, data } = tensors.get(name)!;
    hash.update(`${name} ${shape.join()}\n`);
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}
