import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { LoopbackServer } from '../../../helpers/loopback-server';
import type { Received } from '../../../helpers/loopback-server';

export interface FakeHfJob {
  readonly id: string;
  readonly request: Record<string, unknown> & { labels: Record<string, string>; flavor: string };
  stage: string;
  message: string | null;
  log: string[];
}

export interface SeenByHub {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Buffer;
}

type Answer = { status: number; body?: unknown; bytes?: Buffer; headers?: Record<string, string> };

const hardware = [
  ['cpu-basic', 'CPU Basic', 0.01],
  ['t4-small', 'Nvidia T4 - small', 0.4],
] as const;

/** Speaks the part of the Hugging Face hub that jobs and one dataset repository take: as huggingface_hub 1.x asks it. */
export class FakeHfJobs {
  readonly seen: SeenByHub[] = [];
  readonly jobs = new Map<string, FakeHfJob>();
  /** Of the repository: files by their paths. */
  readonly files = new Map<string, Buffer>();
  /** Contents that were taken out of the store behind the repository, by their hashes. */
  readonly forgotten: string[] = [];
  isPrivate: boolean | undefined;
  token = '';
  trouble: (request: SeenByHub) => Answer | 'cut' | undefined = () => undefined;
  /** What becomes of a job that is begun; its key. */
  onJob: (job: FakeHfJob, key: string) => void = () => undefined;
  private readonly stored = new Map<string, Buffer>();
  private readonly server = new LoopbackServer((request, response) => {
    this.handle(request, response);
  });

  static async start(): Promise<FakeHfJobs> {
    const hub = new FakeHfJobs();
    await hub.server.listen();
    return hub;
  }

  close(): Promise<void> {
    return this.server.close();
  }

  get endpoint(): string {
    return this.server.origin;
  }

  count(method: string, path: RegExp): number {
    return this.seen.filter((request) => request.method === method && path.test(request.path)).length;
  }

  private handle({ method, path, headers, body }: Received, response: ServerResponse): void {
    const { authorization, range } = headers;
    const seen = { method, path, authorization, body };
    this.seen.push(seen);
    const trouble = this.trouble(seen);
    if (trouble === 'cut') {
      response.destroy();
      return;
    }
    const logs = /^\/api\/jobs\/me\/([\w-]+)\/logs$/.exec(seen.path)?.[1];
    if (logs !== undefined && !trouble) {
      this.stream(this.jobs.get(logs)!, response);
      return;
    }
    const answer = trouble ?? this.answer(seen, range);
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(seen.method === 'HEAD' ? undefined : (answer.bytes ?? JSON.stringify(answer.body ?? {})));
  }

  /** All lines so far, then those that come, with a sign of life between them, until the job is over. */
  private stream(job: FakeHfJob, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    let sent = 0;
    const tick = (): void => {
      for (; sent < job.log.length; sent++) {
        const event = JSON.stringify({ timestamp: '2026-11-23T12:00:00.000Z', data: job.log[sent] });
        response.write(`data: ${event}\n\n`);
      }
      if (['COMPLETED', 'ERROR', 'CANCELED'].includes(job.stage)) {
        clearInterval(timer);
        response.end();
      } else response.write(': keep-alive\n\n');
    };
    const timer = setInterval(tick, 10);
    response.on('close', () => {
      clearInterval(timer);
    });
  }

  private answer({ method, path, body, authorization }: SeenByHub, range: string | undefined): Answer {
    if (path === '/api/jobs/hardware') return { status: 200, body: hardware.map(machine) };
    if (path.startsWith('/lfs/')) {
      this.stored.set(path.slice(5), body);
      return { status: 200 };
    }
    if (authorization !== `Bearer ${this.token}`) return { status: 401, body: { error: 'Invalid credentials' } };
    const json = (): Record<string, unknown> => JSON.parse(body.toString()) as Record<string, unknown>;
    if (path === '/api/whoami-v2') return { status: 200, body: { type: 'user', name: 'me', auth: {} } };
    if (path === '/api/repos/create') return this.create(json());
    if (path.startsWith('/api/datasets/me/lift-jobs/preupload/')) {
      const files = (json().files as { path: string }[]).map((file) => ({
        path: file.path,
        uploadMode: 'lfs',
        shouldIgnore: false,
      }));
      return { status: 200, body: { files } };
    }
    if (path === '/datasets/me/lift-jobs.git/info/lfs/objects/batch') {
      const objects = (json().objects as { oid: string; size: number }[]).map((object) => {
        return { ...object, actions: { upload: { href: `${this.endpoint}/lfs/${object.oid}` } } };
      });
      return { status: 200, body: { transfer: 'basic', objects } };
    }
    if (path.startsWith('/api/datasets/me/lift-jobs/commit/')) return this.commit(body);
    if (path === '/api/datasets/me/lift-jobs/paths-info/main') return this.pathsInfo(json().paths as string[]);
    if (path === '/api/datasets/me/lift-jobs/lfs-files/batch') {
      this.forgotten.push(...(json().deletions as { sha: string[] }).sha);
      return { status: 200 };
    }
    const file = /^\/datasets\/me\/lift-jobs\/(?:raw|resolve)\/main\/([^?]+)/.exec(path)?.[1];
    if (file !== undefined) return this.file(file, range);
    const [, id, action] = /^\/api\/jobs\/me(?:\/([\w-]+))?(?:\/(\w+))?$/.exec(path) ?? [];
    if (id === undefined) {
      if (method === 'GET') return { status: 200, body: [...this.jobs.values()].map(described) };
      return this.begin(json() as FakeHfJob['request']);
    }
    const job = this.jobs.get(id);
    if (!job) return { status: 404, body: { error: 'Job not found' } };
    if (action === 'cancel') job.stage = 'CANCELED';
    return { status: 200, body: described(job) };
  }

  private create({ private: isPrivate, visibility }: Record<string, unknown>): Answer {
    if (this.isPrivate !== undefined) return { status: 409, body: { error: 'You already created this dataset repo' } };
    this.isPrivate = isPrivate === true || visibility === 'private';
    return { status: 200, body: { url: `${this.endpoint}/datasets/me/lift-jobs`, name: 'me/lift-jobs', id: '1' } };
  }

  private commit(body: Buffer): Answer {
    for (const line of body.toString().trim().split('\n')) {
      const { key, value } = JSON.parse(line) as { key: string; value: { path: string; oid: string } };
      if (key === 'lfsFile') this.files.set(value.path, this.stored.get(value.oid)!);
      if (key === 'deletedFile') this.files.delete(value.path);
    }
    const commitOid = 'a'.repeat(40);
    const commitUrl = `${this.endpoint}/datasets/me/lift-jobs/commit/${commitOid}`;
    return { status: 200, body: { success: true, commitOid, commitUrl, hookOutput: '' } };
  }

  private pathsInfo(paths: readonly string[]): Answer {
    const body = paths.flatMap((path) => {
      const content = this.files.get(path);
      if (!content) return [];
      const lfs = { oid: createHash('sha256').update(content).digest('hex'), size: content.length, pointerSize: 130 };
      return [{ path, type: 'file', oid: 'b'.repeat(40), size: content.length, lfs }];
    });
    return { status: 200, body };
  }

  private file(path: string, range: string | undefined): Answer {
    const content = this.files.get(path);
    if (!content)
      return { status: 404, headers: { 'x-error-code': 'EntryNotFound' }, body: { error: 'Entry not found' } };
    const etag = `"${createHash('sha256').update(content).digest('hex')}"`;
    const [, first, last] = /bytes=(\d+)-(\d+)/.exec(range ?? '') ?? [];
    if (first === undefined) return { status: 200, bytes: content, headers: { etag } };
    const end = Math.min(Number(last), content.length - 1);
    const headers = { etag, 'content-range': `bytes ${first}-${end}/${content.length}` };
    return { status: 206, bytes: content.subarray(Number(first), end + 1), headers };
  }

  private begin(request: FakeHfJob['request']): Answer {
    const id = `job-${this.jobs.size + 1}`;
    const job = { id, request, stage: 'SCHEDULING', message: null, log: ['===== Job started at 2026-11-23 ====='] };
    this.jobs.set(id, job);
    this.onJob(job, request.labels.lift!);
    return { status: 200, body: described(job) };
  }
}

function machine([name, prettyName, unitCostUSD]: (typeof hardware)[number]): object {
  const facts = { cpu: '4 vCPU', ram: '15 GB', accelerator: null, unitLabel: 'hour' };
  return { name, prettyName, ...facts, unitCostMicroUSD: unitCostUSD * 1e6, unitCostUSD };
}

/** Secrets are never given out again. */
function described({ id, request, stage, message }: FakeHfJob): object {
  const rest = Object.fromEntries(Object.entries(request).filter(([name]) => name !== 'secrets'));
  const owner = { id: '1', name: 'me', type: 'user' };
  const times = { createdAt: '2026-11-23T12:00:00.000Z' };
  return { type: 'job', id, ...rest, ...times, owner, status: { stage, message, failureCount: 0 } };
}
