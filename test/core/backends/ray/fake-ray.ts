import type { ServerResponse } from 'node:http';
import { LoopbackServer } from '../../../helpers/loopback-server';
import type { Received } from '../../../helpers/loopback-server';

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Buffer;
}

type Answer = { status: number; body?: unknown; headers?: Record<string, string> } | 'cut';

/** Speaks the Jobs REST API of a Ray dashboard, and makes the trouble that it is told to make. */
export class FakeRay {
  readonly seen: Seen[] = [];
  readonly packages = new Map<string, Buffer>();
  readonly jobs = new Map<string, { status: string; message: string; log: string; request: unknown }>();
  /** Asked before each request; what it gives is answered instead. */
  trouble: (request: Seen) => Answer | undefined = () => undefined;
  /** What becomes of a job that is submitted. */
  onSubmit: (id: string) => void = () => undefined;
  private readonly server = new LoopbackServer((request, response) => {
    this.handle(request, response);
  });

  static async start(): Promise<FakeRay> {
    const ray = new FakeRay();
    await ray.server.listen();
    return ray;
  }

  close(): Promise<void> {
    return this.server.close();
  }

  get address(): string {
    return this.server.origin;
  }

  count(method: string, path: RegExp): number {
    return this.seen.filter((request) => request.method === method && path.test(request.path)).length;
  }

  private handle({ method, path, headers, body }: Received, response: ServerResponse): void {
    const seen: Seen = { method, path, authorization: headers.authorization, body };
    this.seen.push(seen);
    const answer = this.trouble(seen) ?? this.answer(seen);
    if (answer === 'cut') {
      response.destroy();
      return;
    }
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
  }

  private answer({ method, path, body }: Seen): Answer {
    if (path === '/api/version') return { status: 200, body: { version: '4', ray_version: '2.58.0' } };
    const file = /^\/api\/packages\/gcs\/(.+)$/.exec(path)?.[1];
    if (file !== undefined && method === 'GET') return { status: this.packages.has(file) ? 200 : 404 };
    if (file !== undefined) {
      this.packages.set(file, body);
      return { status: 200 };
    }
    if (method === 'POST' && path === '/api/jobs/') {
      const request = JSON.parse(body.toString()) as { submission_id: string };
      const id = request.submission_id;
      if (this.jobs.has(id)) return { status: 500, body: `Job with submission_id ${id} already exists` };
      this.jobs.set(id, { status: 'PENDING', message: '', log: '', request });
      this.onSubmit(id);
      return { status: 200, body: { job_id: id, submission_id: id } };
    }
    const [, id, action] = /^\/api\/jobs\/([\w-]+)(?:\/(\w+))?$/.exec(path) ?? [];
    const job = id === undefined ? undefined : this.jobs.get(id);
    if (!job) return { status: 404, body: 'no such job' };
    if (action === 'logs') return { status: 200, body: { logs: job.log } };
    if (action === 'stop') {
      job.status = 'STOPPED';
      return { status: 200, body: { stopped: true } };
    }
    return { status: 200, body: { status: job.status, message: job.message, type: 'SUBMISSION' } };
  }
}

/** A line of a job's log that is for us. */
export function told(event: object): string {
  return `\nLIFT ${JSON.stringify(event)}\n`;
}
