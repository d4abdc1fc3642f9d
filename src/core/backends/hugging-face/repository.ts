import { LiftError } from '../../foundation/lift-error';
import type { HfOptions } from './service';
import type { SubmitOptions } from '../jobs/service';

/** A private dataset repository of the user on the hub, through the hub's own client. */
export class HfRepository {
  private readonly shared;

  constructor(
    private readonly name: string,
    { endpoint, token = '' }: Pick<HfOptions, 'endpoint' | 'token'>,
  ) {
    const repo = { type: 'dataset', name } as const;
    this.shared = { repo, hubUrl: endpoint, ...(token !== '' && { accessToken: token }) };
  }

  /** One that is there already is left as it is. */
  async create(): Promise<void> {
    const { createRepo } = await import('@huggingface/hub');
    const { accessToken = '', ...shared } = this.shared;
    await this.asked(createRepo({ ...shared, accessToken, visibility: 'private' })).catch((error: unknown) => {
      if (!(error instanceof LiftError && statusOf(error.cause) === 409)) throw error;
    });
  }

  /** Commits one file, unless it is there already. */
  async write(path: string, content: Uint8Array, { signal, onProgress }: SubmitOptions): Promise<void> {
    const { commitIter, fileExists } = await import('@huggingface/hub');
    if (await this.asked(fileExists({ ...this.shared, path }))) return;
    const operations = [{ operation: 'addOrUpdate', path, content: new Blob([content]) }] as const;
    const commit = commitIter({
      ...this.shared,
      operations: [...operations],
      title: `LIFT: ${path}`,
      ...(signal && { abortSignal: signal }),
    });
    for (;;) {
      const { value, done } = await this.asked(commit.next());
      if (done) return;
      if (value.event === 'fileProgress' && value.state === 'uploading') onProgress?.(value.progress);
    }
  }

  async read(path: string, signal?: AbortSignal): Promise<Uint8Array> {
    const { downloadFile } = await import('@huggingface/hub');
    const request: typeof fetch = (input, init) => fetch(input, { ...init, ...(signal && { signal }) });
    const file = await this.asked(downloadFile({ ...this.shared, path, fetch: request }));
    if (!file) throw new LiftError('run-invalid', `The job has brought no ${path} home.`, 'Start the run again.');
    return new Uint8Array(await this.asked(file.arrayBuffer()));
  }

  private async asked<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (cause) {
      if (cause instanceof Error && cause.name === 'AbortError') throw new LiftError('cancelled', 'Cancelled.');
      const status = statusOf(cause);
      const where = `The repository ${this.name} on the Hugging Face hub`;
      if (status === 401 || status === 403) {
        const hint = 'Check that the token may write: it comes from HF_TOKEN, or from the key store of the editor.';
        throw new LiftError('unauthorized', `${where} is not open to this token (status ${status}).`, hint, { cause });
      }
      // The message of the hub's client holds no header.
      throw new LiftError('network', `${where} failed: ${(cause as Error).message}.`, 'Resume the run to try again.', {
        cause,
      });
    }
  }
}

function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : undefined;
}
