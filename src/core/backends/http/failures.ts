import { LiftError } from '../../foundation/lift-error';
import type { Said } from '../../foundation/phrase';
import { phrase } from '../../foundation/phrase';
import type { HttpAnswer } from './answer';

/** Who a server is, in words, and what must not be said of it. */
export interface ServerFacts {
  /** Without a slash at the end. */
  readonly address: string;
  /** How people call what is there: "the Ray cluster". */
  readonly name: string;
  /** Sent with every request; their values never stand in an error. */
  readonly headers: Readonly<Record<string, string>>;
  /** How people give the key, for an error: "it comes from …". */
  readonly keySource: string;
  /** How people name a certificate authority, for an error. */
  readonly caSource: string;
}

/** A server that was asked and has not done it. */
export class FailedRequest extends LiftError {
  constructor(
    message: Said,
    hint: Said,
    /** Milliseconds that it asks to wait. */
    readonly retryAfter: number | undefined,
  ) {
    super('network', message, hint);
  }
}

/** How long the server that has caused an error asks to wait, in milliseconds; undefined when it asks for nothing. */
export function pauseAskedBy(error: unknown): number | undefined {
  return error instanceof FailedRequest ? error.retryAfter : undefined;
}

/** Says in words what went wrong with a server, without anything secret. */
export class Failures {
  constructor(private readonly server: ServerFacts) {}

  /** What a server has answered to a request. */
  failed({ method, path }: { method: string; path: string }, { status, text, retryAfter }: HttpAnswer): FailedRequest {
    const said = this.redacted(text).trim().split('\n').at(-1)!.slice(0, 300);
    return new FailedRequest(
      said === ''
        ? phrase`${this.server.name} answered ${method} ${path} with status ${status}.`
        : phrase`${this.server.name} answered ${method} ${path} with status ${status}: ${said}.`,
      'Try again; when it stays like this, look at the log of the server.',
      retryAfter,
    );
  }

  unreachable(cause: Error): LiftError {
    const { name, address, caSource } = this.server;
    const reason = this.redacted(reasonOf(cause));
    const certificate = /certificate|self.signed|issuer/i.test(reason);
    return new LiftError(
      'network',
      phrase`${name} at ${address} cannot be reached: ${reason}.`,
      certificate
        ? phrase`Name the certificate authority of the server (${caSource}, or NODE_EXTRA_CA_CERTS).`
        : 'Check the address and that it is reachable from this machine, then try again.',
    );
  }

  refused({ status }: HttpAnswer): LiftError {
    const { name, address, keySource } = this.server;
    return new LiftError(
      'unauthorized',
      phrase`${name} at ${address} does not accept the request (status ${status}).`,
      phrase`Check the token: it comes from the key store of the editor, or from ${keySource} on the command line.`,
    );
  }

  redacted(text: string): string {
    const secrets = Object.values(this.server.headers).flatMap((value) => [value, value.replace(/^Bearer /, '')]);
    return secrets.filter((secret) => secret.length >= 4).reduce((out, secret) => out.replaceAll(secret, '…'), text);
  }
}

/** An error that comes of several tries (IPv6, IPv4) has no message of its own. */
function reasonOf(error: Error): string {
  if (error.message !== '') return error.message;
  return (error as NodeJS.ErrnoException).code ?? 'no connection';
}
