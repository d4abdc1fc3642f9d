import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HttpClient, LONGEST_PAUSE } from '../../../../src/core/backends/http/client';
import { pauseAskedBy } from '../../../../src/core/backends/http/failures';
import { LoopbackServer } from '../../../helpers/loopback-server';

/** Tries that come too late for any test, unless the server says when. */
const slow = { tries: 3, firstPause: LONGEST_PAUSE, stall: 10_000 };
let server: LoopbackServer;
/** What is answered, one after the other; then 200. */
let answers: { status: number; retryAfter?: string }[];
let asked: number;

beforeEach(async () => {
  answers = [];
  asked = 0;
  server = new LoopbackServer((_, response) => {
    const { status, retryAfter } = answers[asked++] ?? { status: 200 };
    response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter }).end('said');
  });
  await server.listen();
});

afterEach(() => server.close());

const client = (): HttpClient =>
  new HttpClient({ address: server.origin, name: 'It', headers: {}, keySource: 'KEY', caSource: 'CA', retries: slow });

describe('a server that asks to be left alone for a while', () => {
  it('is asked again when it says, in seconds or by a date', async () => {
    answers = [
      { status: 429, retryAfter: '0' },
      { status: 503, retryAfter: 'Mon, 01 Jan 2024 00:00:00 GMT' },
    ];
    expect((await client().send({ method: 'GET', path: '/' })).status).toBe(200);
    expect(asked).toBe(3);
  });

  it('is asked no more when that is too long to wait, and says so', async () => {
    answers = [{ status: 429, retryAfter: '86400' }];
    await expect(client().send({ method: 'GET', path: '/' })).rejects.toMatchObject({ code: 'network' });
    expect(asked).toBe(1);
  });

  it('tells whoever asks it later by other means, too', async () => {
    answers = [{ status: 503, retryAfter: '7' }];
    const once = client().send({ method: 'POST', path: '/', repeatable: false });
    expect(pauseAskedBy(await once.catch((error: unknown) => error))).toBe(7000);
    answers = [{ status: 200 }, { status: 429, retryAfter: '9' }];
    const stream = client().stream({ method: 'GET', path: '/' });
    expect(pauseAskedBy(await stream.catch((error: unknown) => error))).toBe(9000);
    expect(pauseAskedBy(new Error('another'))).toBeUndefined();
  });
});
