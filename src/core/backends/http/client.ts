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

export interface HttpOptions {
  /** Without a slash at the end. */
  readonly address: string;
  /** How people call what is there: "the Ray cluster". */
  readonly name: string;
  /** Sent with every request; their values never stand in an error. */
  readonly headers: Readonly<Record<string, string>>;
  /** A PEM file with certificates to trust beside the usual ones. */
  readonly caFile?: string | undefined;
  readonly retries?: HttpRetries;
  /** How people give the key, for an error: "it comes from …". */
  readonly keySource: string;
  /** How people name a certificate authority, for an error. */
  readonly caSource: string;
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
const passing = [408, 425, 429, 500, 502, 503, 504];
/** Too many requests: this one was not worked on. */
const NOTHING_DONE = 429;
const LONGEST_PAUSE = 60_000;
const PIECE_BYTES = 256 * 1024;

/**
 * Requests to one server, repeated while they fail for reasons that may pass. Not `fetch`: that cannot be given a
 * certificate authority.
 */
export class HttpClient {
  private readonly retries: HttpRetries;

  constructor(private readonly options: HttpOptions) {
    this.retries = options.retries ?? usualRetries;
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
        if (last || once) throw this.unreachable(answer);
      } else {
        const explained = answer.status < 400 ? undefined : this.explained(answer);
        if (explained) throw explained;
        if (answer.status === 401 || answer.status === 403) throw this.refused(answer);
        if (!passing.includes(answer.status)) return answer;
        if (last || (once && answer.status !== NOTHING_DONE)) throw this.failed(request, answer);
      }
      const asked = answer instanceof Error ? undefined : answer.retryAfter;
      const pause = asked ?? withJitter(this.retries.firstPause * 2 ** (attempt - 1));
      await sleep(Math.min(pause, LONGEST_PAUSE), undefined, { signal: request.signal }).catch(() => undefined);
    }
  }

  /**
   * An answer that goes on for long, piece by piece. It is not repeated; a silence of half a minute more than `stall` ends it.
   * Throws `network`, `unauthorized`; the pieces throw `network`, `cancelled`.
   */
  async stream(request: HttpRequest): Promise<AsyncIterable<string>> {
    const response = await this.open(request).catch((error: unknown) => {
      throwIfCancelled(request.signal);
      throw this.unreachable(error as Error);
    });
    if (response.statusCode === 200) return this.piecesOf(response, request.signal);
    const answer = await readAnswer(response);
    throw answer.status === 401 || answer.status === 403 ? this.refused(answer) : this.failed(request, answer);
  }

  private async *piecesOf(response: IncomingMessage, signal: AbortSignal | undefined): AsyncGenerator<string, void> {
    try {
      response.setEncoding('utf8');
      for await (const piece of response) yield piece as string;
    } catch (error) {
      throwIfCancelled(signal);
      throw this.unreachable(error as Error);
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
  failed({ method, path }: Pick<HttpRequest, 'method' | 'path'>, { status, text }: HttpAnswer): LiftError {
    const said = this.redacted(text).trim().split('\n').at(-1)!.slice(0, 300);
    return new LiftError(
      'network',
      `${this.options.name} answered ${method} ${path} with status ${status}${said === '' ? '' : `: ${said}`}.`,
      'Try again; when it stays like this, look at the log of the server.',
    );
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
    return this.options.explain?.({ ...answer, text: this.redacted(answer.text) });
  }

  private redacted(text: string): string {
    const secrets = Object.values(this.options.headers).flatMap((value) => [value, value.replace(/^Bearer /, '')]);
    return secrets.filter((secret) => secret.length >= 4).reduce((out, secret) => out.replaceAll(secret, '…'), text);
  }

  private unreachable(cause: Error): LiftError {
    const { name, address } = this.options;
    const reason = this.redacted(reasonOf(cause));
    const certificate = /certificate|self.signed|issuer/i.test(reason);
    return new LiftError(
      'network',
      `${name} at ${address} cannot be reached: ${reason}.`,
      certificate
        ? `Name the certificate authority of the server (${this.options.caSource}, or NODE_EXTRA_CA_CERTS).`
        : 'Check the address and that it is reachable from this machine, then try again.',
    );
  }

  private refused({ status }: HttpAnswer): LiftError {
    const { name, address, keySource } = this.options;
    return new LiftError(
      'unauthorized',
      `${name} at ${address} does not accept the request (status ${status}).`,
      `Check the token: it comes from the key store of the editor, or from ${keySource} on the command line.`,
    );
  }
}

/** An error that comes of several tries (IPv6, IPv4) has no message of its own. */
function reasonOf(error: Error): string {
  if (error.message !== '') return error.message;
  return (error as NodeJS.ErrnoException).code ?? 'no connection';
}

async function certificates(file: string): Promise<string[]> {
  try {
    return [...rootCertificates, await readFile(file, 'utf8')];
  } catch (error) {
    throw LiftError.from(error);
  }
}
