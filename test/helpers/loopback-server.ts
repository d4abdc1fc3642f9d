import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request whose body has been read. */
export interface Received {
  readonly method: string;
  /** From the slash on, with the query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** A server on the loopback interface, for those that speak a service's protocol in its place. */
export class LoopbackServer {
  private readonly server: Server;

  /** @param answer an error in it breaks the connection off */
  constructor(answer: (request: Received, response: ServerResponse) => void) {
    const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece as Buffer);
      const { method, url, headers } = request;
      answer({ method: method!, path: url!, headers, body: Buffer.concat(pieces) }, response);
    };
    this.server = createServer((request, response) => {
      handle(request, response).catch(() => response.destroy());
    });
  }

  /** @param port any free one when left out */
  async listen(port = 0): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
  }

  /** `http://127.0.0.1:PORT`. */
  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
