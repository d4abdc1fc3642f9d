import type {
  Events,
  MessageToHost,
  MessageToPage,
  ParamsOf,
  RemoteError,
  Requests,
  ResultOf,
} from '../../src/shared/rpc';

/** What the workbench gives to a page. */
export interface WorkbenchApi {
  postMessage(message: MessageToHost): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** A request that the host could not answer: what happened and what to do. */
export class HostError extends Error {
  readonly code: string;
  readonly hint: string;

  constructor({ code, message, hint }: RemoteError) {
    super(message);
    this.name = 'HostError';
    this.code = code;
    this.hint = hint;
  }
}

/** What went wrong and what to do, for people. */
export function failureText(error: unknown): string {
  return error instanceof HostError ? `${error.message} ${error.hint}`.trim() : String(error);
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The page's end: asks the host and listens to its events. */
export class HostClient<R extends Requests, E extends Events> {
  private readonly pending = new Map<number, Pending>();
  private readonly listeners = new Map<string, Set<(payload: unknown) => void>>();
  private lastId = 0;

  constructor(private readonly workbench: WorkbenchApi) {
    window.addEventListener('message', ({ data }: MessageEvent<MessageToPage>) => {
      this.receive(data);
    });
  }

  /** Asks the host; rejects with a `HostError`, or with the signal's reason when it fires first. */
  request<M extends keyof R & string>(
    method: M,
    params: ParamsOf<R, M>,
    signal?: AbortSignal,
  ): Promise<ResultOf<R, M>> {
    const id = ++this.lastId;
    return new Promise<ResultOf<R, M>>((resolve, reject) => {
      this.pending.set(id, { resolve: resolve as (result: unknown) => void, reject });
      signal?.addEventListener(
        'abort',
        () => {
          if (!this.pending.delete(id)) return;
          this.workbench.postMessage({ type: 'cancel', id });
          reject(signal.reason instanceof Error ? signal.reason : new DOMException('Cancelled', 'AbortError'));
        },
        { once: true },
      );
      this.workbench.postMessage({ type: 'request', id, method, params });
    });
  }

  on<N extends keyof E & string>(name: N, listener: (payload: E[N]) => void): void {
    const listeners = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, listeners);
    listeners.add(listener as (payload: unknown) => void);
  }

  private receive(message: MessageToPage): void {
    switch (message.type) {
      case 'event':
        for (const listener of this.listeners.get(message.name) ?? []) listener(message.payload);
        return;
      case 'result':
        this.take(message.id)?.resolve(message.result);
        return;
      case 'error':
        this.take(message.id)?.reject(new HostError(message.error));
    }
  }

  private take(id: number): Pending | undefined {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    return pending;
  }
}
