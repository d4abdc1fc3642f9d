import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

const sampleBytes = 4096;
const samplesPerFile = 64;

/** What identifies a model: texts of its folder, and its weights files with their headers. */
export interface HashedParts {
  readonly texts: readonly string[];
  readonly weights: readonly { readonly path: string; readonly header: Uint8Array; readonly bytes: number }[];
}

/**
 * SHA-256, in hexadecimal, over the texts, the headers and sizes of the weights files, and 64 evenly spread samples of
 * 4 KiB of each: quick for any size, and another fine-tuning of the same architecture gives another hash.
 */
export async function hashModel({ texts, weights }: HashedParts): Promise<string> {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length}\n`).update(text);
  for (const { path, header, bytes } of weights) {
    hash.update(`${bytes}\n`).update(header);
    const file = await open(path, 'r');
    try {
      const sample = new Uint8Array(sampleBytes);
      for (let index = 0; index < samplesPerFile; index++) {
        const position = Math.floor((Math.max(0, bytes - sampleBytes) * index) / (samplesPerFile - 1));
        const { bytesRead } = await file.read(sample, 0, sampleBytes, position);
        hash.update(sample.subarray(0, bytesRead));
      }
    } finally {
      await file.close();
    }
  }
  return hash.digest('hex');
}
