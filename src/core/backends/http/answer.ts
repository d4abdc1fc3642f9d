import type { IncomingMessage } from 'node:http';

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  /** Milliseconds that the server asks to wait. */
  readonly retryAfter: number | undefined;
}

/** Reads an answer to its end. Rejects when it breaks off. */
export async function readAnswer(response: IncomingMessage): Promise<HttpAnswer> {
  const pieces: Buffer[] = [];
  for await (const piece of response) pieces.push(piece as Buffer);
  return {
    status: response.statusCode!,
    text: Buffer.concat(pieces).toString('utf8'),
    retryAfter: pauseAsked(response.headers['retry-after']),
  };
}

/** `Retry-After` (RFC 9110, section 10.2.3): seconds, or a date. In milliseconds from now. */
export function pauseAsked(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
