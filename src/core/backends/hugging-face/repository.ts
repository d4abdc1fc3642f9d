import { LiftError, throwIfCancelled } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import { usualRetries } from '../http/client';
import type { HttpRetries } from '../http/client';
import type { SubmitOptions } from '../jobs/service';
import { patientFetch } from './patient-fetch';

/** How a hub is reached. */
export interface HubOptions {
  /** Without a slash at the end: `https://huggingface.co`. */
  readonly endpoint: string;
  /** With the right to write; the job gets it as a secret, to write its results. */
  readonly token: string | undefined;
  readonly retries?: HttpRetries;
}

/** A private dataset repository of the user on the hub, through the hub's own client. */
export class HfRepository {
  constructor(
    readonly name: string,
    private readonly options: HubOptions,
  ) {}

  /** One that is there already is left as it is. */
  async create(signal?: AbortSignal): Promise<void> {
    const { createRepo } = await import('@huggingface/hub');
    const accessToken = this.options.token ?? '';
    const created = createRepo({ ...this.shared(signal), accessToken, visibility: 'private' });
    await this.asked(created, signal).catch((error: unknown) => {
      if (!(error instanceof LiftError && statusOf(error.cause) === 409)) throw error;
    });
  }

  /** Commits one file, unless it is there already. */
  async write(path: string, content: Uint8Array, { signal, onProgress }: SubmitOptions): Promise<void> {
    const { commitIter, fileExists } = await import('@huggingface/hub');
    const shared = this.shared(signal);
    if (await this.asked(fileExists({ ...shared, path }), signal)) return;
    const operations = [{ operation: 'addOrUpdate', path, content: new Blob([content]) }] as const;
    const commit = commitIter({
      ...shared,
      operations: [...operations],
      title: `LIFT: ${path}`,
      ...(signal && { abortSignal: signal }),
    });
    for (;;) {
      const { value, done } = await this.asked(commit.next(), signal);
      if (done) return;
      if (value.event === 'fileProgress' && value.state === 'uploading') onProgress?.(value.progress);
    }
  }

  async read(path: string, signal?: AbortSignal): Promise<Uint8Array> {
    const { downloadFile } = await import('@huggingface/hub');
    const file = await this.asked(downloadFile({ ...this.shared(signal), path }), signal);
    if (!file) throw new LiftError('run-invalid', phrase`The job has brought no ${path} home.`, 'Start the run again.');
    return new Uint8Array(await this.asked(file.arrayBuffer(), signal));
  }

  /**
   * Takes one file out of the repository, and its content out of the store behind it: a commit alone would leave that in the
   * history. A file that is not there is left alone.
   */
  async remove(path: string, signal?: AbortSignal): Promise<void> {
    const { deleteFile, pathsInfo } = await import('@huggingface/hub');
    const shared = this.shared(signal);
    const [info] = await this.asked(pathsInfo({ ...shared, paths: [path] }), signal);
    if (!info) return;
    const accessToken = this.options.token ?? '';
    const commitTitle = `LIFT: ${path} is no longer needed`;
    await this.asked(deleteFile({ ...shared, accessToken, path, commitTitle }), signal);
    if (info.lfs) await this.asked(this.forget(info.lfs.oid, shared.fetch), signal);
  }

  /** What `permanently_delete_lfs_files` of huggingface_hub asks; commits that name the file stay as they are. */
  private async forget(sha256: string, request: typeof fetch): Promise<void> {
    const { endpoint, token } = this.options;
    const response = await request(`${endpoint}/api/datasets/${this.name}/lfs-files/batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ deletions: { sha: [sha256], rewriteHistory: false } }),
    });
    if (!response.ok) throw new Error(`the content of a deleted file stays in its history (status ${response.status})`);
  }

  private shared(signal: AbortSignal | undefined) {
    const { endpoint, token, retries = usualRetries } = this.options;
    const repo = { type: 'dataset', name: this.name } as const;
    return { repo, hubUrl: endpoint, fetch: patientFetch(retries, signal), ...(token && { accessToken: token }) };
  }

  private async asked<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    try {
      return await work;
    } catch (cause) {
      throwIfCancelled(signal);
      const status = statusOf(cause);
      const where = phrase`The repository ${this.name} on the Hugging Face hub`;
      if (status === 401 || status === 403) {
        const hint = 'Check that the token may write: it comes from HF_TOKEN, or from the key store of the editor.';
        throw new LiftError('unauthorized', phrase`${where} is not open to this token (status ${status}).`, hint, {
          cause,
        });
      }
      // The message of the hub's client holds no header.
      throw new LiftError(
        'network',
        phrase`${where} failed: ${(cause as Error).message}.`,
        'Resume the run to try again.',
        {
          cause,
        },
      );
    }
  }
}

function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : undefined;
}
