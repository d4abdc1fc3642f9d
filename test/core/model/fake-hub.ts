import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the hub may do to a request for a file besides answering it. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Record<string, string> }
  /** Sends this many bytes of the asked range and closes the connection. */
  | { readonly kind: 'cut'; readonly after: number }
  /** Sends this many bytes and then nothing. */
  | { readonly kind: 'stall'; readonly after: number }
  | { readonly kind: 'damage' }
  | { readonly kind: 'ignore-range' };

export interface SeenRequest {
  readonly path: string;
  readonly range: string | undefined;
  readonly authorization: string | undefined;
}

/**
 * A server that speaks the hub's protocol on the loopback interface: model info, the tree with checksums, and files, of
 * which large ones (`*.safetensors`) are redirected to a second origin as the hub does.
 */
export class FakeHub {
  readonly commit = 'a'.repeat(40);
  readonly files = new Map<string, Buffer>();
  readonly faults: Fault[] = [];
  readonly apiFaults: Fault[] = [];
  readonly requests: SeenRequest[] = [];
  /** Files need this token, and are gated for others. */
  token: string | undefined;

  private constructor(
    private readonly hub: Server,
    private readonly storage: Server,
    readonly id: string,
  ) {}

  static async start(id = 'org/tiny'): Promise<FakeHub> {
    const servers = [createServer(), createServer()] as const;
    for (const server of servers) await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const fake = new FakeHub(...servers, id);
    servers[0].on('request', (incoming, outgoing) => {
      fake.answer(incoming, outgoing);
    });
    servers[1].on('request', (incoming, outgoing) => {
      fake.note(incoming);
      fake.sendFile(incoming, outgoing, incoming.url!.slice('/storage/'.length));
    });
    return fake;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.hub.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const server of [this.hub, this.storage]) {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  }

  hash(path: string): string {
    const content = this.files.get(path)!;
    if (isLarge(path)) return createHash('sha256').update(content).digest('hex');
    return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
  }

  /** Ranges asked for of one file, at the place that holds it. */
  rangesOf(path: string): (string | undefined)[] {
    return this.requests
      .filter((seen) => seen.path.endsWith(`/${path}`) && !isRedirected(seen))
      .map(({ range }) => range);
  }

  private note({ url, headers }: IncomingMessage): void {
    this.requests.push({ path: url!.split('?')[0]!, range: headers.range, authorization: headers.authorization });
  }

  private answer(incoming: IncomingMessage, outgoing: ServerResponse): void {
    this.note(incoming);
    const path = decodeURIComponent(incoming.url!.split('?')[0]!);
    if (path.startsWith('/api/')) {
      const fault = this.apiFaults.shift();
      if (fault?.kind === 'status') {
        outgoing.writeHead(fault.status, fault.headers).end();
        return;
      }
    }
    if (path === `/api/models/${this.id}/revision/main`) {
      sendJson(outgoing, { _id: '1', id: this.id, sha: this.commit, lastModified: '2026-01-01T00:00:00.000Z' });
    } else if (path === `/api/models/${this.id}/tree/${this.commit}`) {
      sendJson(outgoing, [{ type: 'directory', path: 'onnx', size: 0, oid: '0' }, ...this.tree()]);
    } else if (path.startsWith(`/${this.id}/resolve/${this.commit}/`)) {
      this.resolve(incoming, outgoing, path.split('/').at(-1)!);
    } else {
      outgoing.writeHead(401, { 'x-error-code': 'RepoNotFound' }).end();
    }
  }

  private tree(): object[] {
    return [...this.files].map(([path, { length: size }]) => {
      if (!isLarge(path)) return { type: 'file', path, size, oid: this.hash(path) };
      const lfs = { oid: this.hash(path), size, pointerSize: 134 };
      return { type: 'file', path, size, oid: 'b'.repeat(40), lfs };
    });
  }

  private resolve(incoming: IncomingMessage, outgoing: ServerResponse, path: string): void {
    const given = incoming.headers.authorization;
    if (this.token !== undefined && given !== `Bearer ${this.token}`) {
      outgoing.writeHead(given === undefined ? 401 : 403, { 'x-error-code': 'GatedRepo' }).end();
      return;
    }
    outgoing.setHeader('x-repo-commit', this.commit);
    if (!isLarge(path)) {
      outgoing.setHeader('etag', `"${this.hash(path)}"`);
      this.sendFile(incoming, outgoing, path);
      return;
    }
    outgoing.writeHead(302, {
      'x-linked-etag': `"${this.hash(path)}"`,
      'x-linked-size': String(this.files.get(path)!.length),
      location: `http://127.0.0.1:${(this.storage.address() as AddressInfo).port}/storage/${path}`,
    });
    outgoing.end();
  }

  private sendFile({ headers }: IncomingMessage, outgoing: ServerResponse, path: string): void {
    const fault = this.faults.shift();
    if (fault?.kind === 'status') {
      outgoing.writeHead(fault.status, fault.headers).end();
      return;
    }
    const content = Buffer.from(this.files.get(path)!);
    if (fault?.kind === 'damage') content[content.length - 1]! ^= 1;
    const start = fault?.kind === 'ignore-range' ? 0 : Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
    const part = content.subarray(start);
    if (start > 0) outgoing.setHeader('content-range', `bytes ${start}-${content.length - 1}/${content.length}`);
    outgoing.writeHead(start > 0 ? 206 : 200, { 'content-length': part.length });
    if (fault?.kind === 'cut') {
      outgoing.write(part.subarray(0, fault.after), () => setTimeout(() => outgoing.destroy(), 20));
    } else if (fault?.kind === 'stall') {
      outgoing.write(part.subarray(0, fault.after));
    } else {
      outgoing.end(part);
    }
  }
}

function isLarge(path: string): boolean {
  return path.endsWith('.safetensors');
}

function isRedirected({ path }: SeenRequest): boolean {
  return isLarge(path) && path.includes('/resolve/');
}

function sendJson(outgoing: ServerResponse, value: unknown): void {
  outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
