import { readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { rootCertificates } from 'node:tls';
import { LiftError, throwIfCancelled } from '../../foundation/lift-error';
import { withJitter } from './back-off';
import { readAnswer } from './answer';
import type { HttpAnswer } from './answer';
import { Failures } from './failures';
import type { ServerFacts } from './failures';

export interface HttpOptions extends ServerFacts {
  /** A PEM file with certificates to trust beside the usual ones. */
  readonly caFile?: string | undefined;
  readonly retries?: HttpRetries;
  /** What a service has said in an answer of 400 and above, when there is more to say of it than its status. */
  readonly explain?: (answer: HttpAnswer) => LiftError | undefined;
}

export interface HttpRetries {
  /** Tries of a request. */
  readonly tries: number;
  /** Milliseconds before the second; doubled with each. */
  readonly firstPause: number;
  /** Milliseconds without a byte after which a connection counts as dead. */
  readonly stall: number;
  /** Milliseconds that an answer may take once the request is sent, however slowly it drips in; no limit when left out. */
  readonly answerLimit?: number;
}

export const usualRetries: HttpRetries = { tries: 4, firstPause: 500, stall: 60_000 };

export interface HttpRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** From the slash on. */
  readonly path: string;
  readonly body?: Uint8Array | undefined;
  readonly type?: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((fraction: number) => void) | undefined;
  /**
   * False for what must not be done twice: it is repeated only after an answer that says that nothing was done (429). When
   * the answer is lost the caller has to find out what has become of it.
   */
  readonly repeatable?: boolean;
}

/** Statuses that may pass by themselves. */
export const passing: readonly number[] = [408, 425, 429, 500, 502, 503, 504];
/** Too many requests: this one was not worked on. */
export const NOTHING_DONE = 429;
/** A server that asks for a longer pause than this many milliseconds is one that fails. */
export const LONGEST_PAUSE = 10 * 60_000;
const PIECE_BYTES = 256 * 1024;

/**
 * Requests to one server, repeated while they fail for reasons that may pass. Not `fetch`: that cannot be given a
 * certificate authority.
 */
export class HttpClient {
  private readonly retries: HttpRetries;
  private readonly failures: Failures;

  constructor(private readonly options: HttpOptions) {
    this.retries = options.retries ?? usualRetries;
    this.failures = new Failures(options);
  }

  /**
   * @returns the answer, whatever its status but for those below
   * @throws LiftError `network` after the last try; `unauthorized` for 401 and 403; `cancelled`
   */
  async send(request: HttpRequest): Promise<HttpAnswer> {
    for (let attempt = 1; ; attempt++) {
      throwIfCancelled(request.signal);
      const answer = await this.once(request).catch((error: unknown) => {
        throwIfCancelled(request.signal);
        if (error instanceof LiftError) throw error;
        return error as Error;
      });
      const last = attempt >= this.retries.tries;
      const once = request.repeatable === false;
      if (answer instanceof Error) {
        if (last || once) throw this.failures.unreachable(answer);
      } else {
        const explained = answer.status < 400 ? undefined : this.explained(answer);
        if (explained) throw explained;
        if (answer.status === 401 || answer.status === 403) throw this.failures.refused(answer);
        if (!passing.includes(answer.status)) return answer;
        const tooLong = (answer.retryAfter ?? 0) > LONGEST_PAUSE;
        if (last || tooLong || (once && answer.status !== NOTHING_DONE)) throw this.failed(request, answer);
      }
      const asked = answer instanceof Error ? undefined : answer.retryAfter;
      const pause = asked ?? withJitter(this.retries.firstPause * 2 ** (attempt - 1));
      await sleep(pause, undefined, { signal: request.signal }).catch(() => undefined);
    }
  }

  /**
   * An answer that goes on for long, piece by piece. It is not repeated; a silence of half a minute more than `stall` ends it.
   * Throws `network`, `unauthorized`; the pieces throw `network`, `cancelled`.
   */
  async stream(request: HttpRequest): Promise<AsyncIterable<string>> {
    const response = await this.open(request).catch((error: unknown) => {
      throwIfCancelled(request.signal);
      throw this.failures.unreachable(error as Error);
    });
    if (response.statusCode === 200) return this.piecesOf(response, request.signal);
    const answer = await readAnswer(response);
    throw answer.status === 401 || answer.status === 403 ? this.failures.refused(answer) : this.failed(request, answer);
  }

  private async *piecesOf(response: IncomingMessage, signal: AbortSignal | undefined): AsyncGenerator<string, void> {
    try {
      response.setEncoding('utf8');
      for await (const piece of response) yield piece as string;
    } catch (error) {
      throwIfCancelled(signal);
      throw this.failures.unreachable(error as Error);
    }
  }

  private async open({ method, path, signal }: HttpRequest): Promise<IncomingMessage> {
    const url = new URL(`${this.options.address}${path}`);
    const headers = { 'user-agent': 'lift-vscode', accept: 'text/event-stream', ...this.options.headers };
    const timeout = this.retries.stall + 30_000;
    return new Promise((resolve, reject) => {
      const options: RequestOptions = { method, headers, timeout, ...(signal && { signal }) };
      const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options, resolve);
      request.on('error', reject);
      request.on('timeout', () => {
        request.destroy(new Error('the connection is silent'));
      });
      request.end();
    });
  }

  /** An error that tells what a server has answered to a request. */
  failed(request: Pick<HttpRequest, 'method' | 'path'>, answer: HttpAnswer): LiftError {
    return this.failures.failed(request, answer);
  }

  private async once({ method, path, body, type, signal, onProgress }: HttpRequest): Promise<HttpAnswer> {
    const url = new URL(`${this.options.address}${path}`);
    const { caFile, headers } = this.options;
    const ca = caFile === undefined || url.protocol === 'http:' ? undefined : await certificates(caFile);
    const options: RequestOptions & { ca?: string[] } = {
      method,
      headers: {
        'user-agent': 'lift-vscode',
        ...headers,
        ...(body && { 'content-type': type ?? 'application/json', 'content-length': body.length }),
      },
      timeout: this.retries.stall,
      ...(signal && { signal }),
      ...(ca && { ca }),
    };
    return new Promise((resolve, reject) => {
      const { stall, answerLimit } = this.retries;
      let limit: NodeJS.Timeout | undefined;
      const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options, (response) => {
        readAnswer(response).then(resolve, reject);
      });
      request.on('close', () => {
        clearTimeout(limit);
      });
      request.on('error', reject);
      request.on('timeout', () => {
        request.destroy(new Error(`no answer within ${stall / 1000} s`));
      });
      let sent = 0;
      const write = (): void => {
        while (body && sent < body.length) {
          const piece = body.subarray(sent, (sent += PIECE_BYTES));
          onProgress?.(Math.min(1, sent / body.length));
          if (!request.write(piece)) {
            request.once('drain', write);
            return;
          }
        }
        request.end();
        if (answerLimit === undefined) return;
        limit = setTimeout(() => {
          request.destroy(new Error(`no whole answer within ${answerLimit / 1000} s`));
        }, answerLimit);
      };
      write();
    });
  }

  private explained(answer: HttpAnswer): LiftError | undefined {
    return this.options.explain?.({ ...answer, text: this.failures.redacted(answer.text) });
  }
}

async function certificates(file: string): Promise<string[]> {
  try {
    return [...rootCertificates, await readFile(file, 'utf8')];
  } catch (error) {
    throw LiftError.from(error);
  }
}
