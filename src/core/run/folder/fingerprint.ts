import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** Bytes of a file and their SHA-256 in hexadecimal, streamed. */
export async function fingerprint(path: string, signal?: AbortSignal): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  const stream = createReadStream(path);
  await pipeline(stream, hash, { ...(signal && { signal }) });
  return { bytes: stream.bytesRead, sha256: hash.digest('hex') };
}
