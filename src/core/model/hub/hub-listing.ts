import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import { request, withRetries, type HubConnection } from './hub-request';

/** A file of a model on the hub. */
export interface HubFile {
  readonly path: string;
  readonly bytes: number;
  /** SHA-256 of the content for large files, Git's SHA-1 of the blob for others: also its name in the cache. */
  readonly hash: string;
  readonly hashKind: 'sha256' | 'git-sha1';
}

/** A revision of a model on the hub. */
export interface HubListing {
  readonly commit: string;
  readonly files: ReadonlyMap<string, HubFile>;
}

/** Asks the hub for the commit of a revision and the files of the model's top folder. */
export async function listModel(connection: HubConnection, revision: string): Promise<HubListing> {
  const { listFiles, modelInfo } = await import('@huggingface/hub');
  const hub = {
    hubUrl: connection.endpoint,
    fetch: (url: string | URL | Request) => {
      const address = url instanceof Request ? url.url : url.toString();
      const timeout = AbortSignal.timeout(connection.retries.stall);
      const signal = AbortSignal.any([timeout, ...(connection.signal ? [connection.signal] : [])]);
      return request(connection, address, { accept: 'application/json' }, signal);
    },
  };
  return withRetries(connection, async () => {
    const { sha } = await modelInfo({ ...hub, name: connection.id, revision, additionalFields: ['sha'] });
    if (!/^[0-9a-f]{40}$/.test(sha)) throw unexpected(connection, 'names no commit');
    const files = new Map<string, HubFile>();
    for await (const { type, path, size, lfs, oid } of listFiles({ ...hub, repo: connection.id, revision: sha })) {
      if (type !== 'file') continue;
      const hash = lfs?.oid ?? oid ?? '';
      const hashKind = lfs ? 'sha256' : 'git-sha1';
      if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(hash)) throw unexpected(connection, `gives no checksum of ${path}`);
      files.set(path, { path, bytes: lfs?.size ?? size, hash, hashKind });
    }
    return { commit: sha, files };
  });
}

function unexpected({ endpoint, id }: HubConnection, what: string): LiftError {
  return new LiftError(
    'network',
    phrase`The answer of ${endpoint} about ${id} ${what}.`,
    'Check HF_ENDPOINT, or try again later.',
  );
}
