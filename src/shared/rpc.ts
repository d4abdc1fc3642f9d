/**
 * How a page and the extension host talk: the page asks (requests, each answered once, cancellable), the host tells
 * (events, each a full snapshot, since messages to a hidden page are dropped).
 */

/** The requests that a host answers: name → function from its parameters to its result. */
export type Requests = Record<string, (params: never) => unknown>;

/** The events that a host sends: name → payload. */
export type Events = Record<string, unknown>;

export type ParamsOf<R extends Requests, M extends keyof R> = Parameters<R[M]>[0];
export type ResultOf<R extends Requests, M extends keyof R> = Awaited<ReturnType<R[M]>>;

/** An error as it crosses to the page: what happened, and what to do. */
export interface RemoteError {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

export type MessageToHost =
  | { readonly type: 'request'; readonly id: number; readonly method: string; readonly params: unknown }
  | { readonly type: 'cancel'; readonly id: number };

export type MessageToPage =
  | { readonly type: 'result'; readonly id: number; readonly result: unknown }
  | { readonly type: 'error'; readonly id: number; readonly error: RemoteError }
  | { readonly type: 'event'; readonly name: string; readonly payload: unknown };
