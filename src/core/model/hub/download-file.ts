import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { LiftError, throwIfCancelled } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { HubFile } from './hub-listing';
import { request, withRetries, type HubConnection } from './hub-request';
import { isFile } from '../weight-files';

/**
 * Downloads one file to `target`, through `target.incomplete`, from where an interrupted download goes on. Two programs
 * that do this at the same time write the same bytes to the same places.
 *
 * @param onBytes called with the bytes that are there, first of all with those of an earlier download
 * @throws `network` when the connection stays lost or the content twice has another checksum than the hub states;
 *   `disk-full`, `cancelled`, `unauthorized`, `model-not-found`
 */
export async function downloadFile(
  connection: HubConnection,
  commit: string,
  file: HubFile,
  target: string,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const url = `${connection.endpoint}/${connection.id}/resolve/${commit}/${encodeURIComponent(file.path)}`;
  const incomplete = `${target}.incomplete`;
  for (let attempt = 0; attempt < 2; attempt++) {
    await withRetries(connection, (progressed) =>
      fetchRest(connection, url, file, incomplete, (bytes) => {
        progressed();
        onBytes(bytes);
      }),
    );
    if ((await hashOf(incomplete, file, connection.signal)) === file.hash) {
      await finish(incomplete, target);
      return;
    }
    await rm(incomplete, { force: true });
  }
  throw new LiftError(
    'network',
    phrase`${file.path} of ${connection.id} arrived damaged twice: its checksum is not the one that the hub states.`,
    'Try again later, or from another network: a proxy may be changing the file.',
  );
}

/** Fetches what is missing. Returns when all bytes are there; throws when the connection ends before. */
async function fetchRest(
  connection: HubConnection,
  url: string,
  file: HubFile,
  incomplete: string,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const output = await openForUpdate(incomplete);
  const stalled = new AbortController();
  const signal = AbortSignal.any([stalled.signal, ...(connection.signal ? [connection.signal] : [])]);
  const watch = setTimeout(() => {
    stalled.abort(new Error(`no data for ${connection.retries.stall / 1000} seconds`));
  }, connection.retries.stall);
  try {
    let done = (await output.stat()).size;
    if (done > file.bytes) {
      await output.truncate(0);
      done = 0;
    }
    if (done > 0) onBytes(done);
    if (done === file.bytes) return;
    const response = await request(connection, url, done > 0 ? { range: `bytes=${done}-` } : {}, signal);
    if (response.status !== 206 || !response.headers.get('content-range')?.startsWith(`bytes ${done}-`)) done = 0;
    // Typed as a web stream without iteration in the library of types, which Node's streams have.
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      watch.refresh();
      if (done + chunk.length > file.bytes) throw new Error('more data came than the file has');
      await writeAll(output, chunk, done, incomplete);
      done += chunk.length;
      onBytes(done);
    }
    if (done < file.bytes) throw new Error(`the connection ended after ${done} of ${file.bytes} bytes`);
  } finally {
    clearTimeout(watch);
    await output.close();
  }
}

async function openForUpdate(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r+');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw LiftError.from(error);
    return open(path, 'w+');
  }
}

async function writeAll(output: FileHandle, chunk: Uint8Array, position: number, path: string): Promise<void> {
  try {
    let written = 0;
    while (written < chunk.length) {
      written += (await output.write(chunk, written, chunk.length - written, position + written)).bytesWritten;
    }
  } catch (error) {
    // Errors of an open file do not know its name.
    throw LiftError.from(Object.assign(error as NodeJS.ErrnoException, { path }));
  }
}

async function hashOf(path: string, file: HubFile, signal: AbortSignal | undefined): Promise<string> {
  const hash = file.hashKind === 'sha256' ? createHash('sha256') : createHash('sha1').update(`blob ${file.bytes}\0`);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    throwIfCancelled(signal);
    hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
}

/** Gives the file its final name, unless another program that downloaded the same file was faster. */
async function finish(incomplete: string, target: string): Promise<void> {
  try {
    await rename(incomplete, target);
  } catch (error) {
    if (!(await isFile(target))) throw LiftError.from(error);
  }
}

/** Bytes of a file that an earlier download left. */
export async function downloadedBytes(target: string): Promise<number> {
  for (const path of [target, `${target}.incomplete`]) {
    try {
      return (await stat(path)).size;
    } catch {
      // Not this one.
    }
  }
  return 0;
}
