import type { ServerResponse } from 'node:http';
import { LoopbackServer } from '../../../helpers/loopback-server';
import type { Received } from '../../../helpers/loopback-server';
import { trainedOn } from './fake-language-model';
import type { FakeLanguageModel } from './fake-language-model';

export interface SeenRequest {
  readonly method: string;
  /** Without the base path and the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  readonly type: string;
  readonly body: Buffer;
}

/** A request with its answer, as the contract sees them. */
export interface Exchange extends SeenRequest {
  readonly status: number;
  readonly answer: unknown;
}

type Answer = { status: number; body: unknown; headers?: Record<string, string> };
/** `cut`: the answer ends in its middle. `drip`: a byte now and then, without end. `stall`: nothing comes. */
type Trouble = Answer | 'cut' | 'drip' | 'stall';

export interface FakeJob {
  readonly id: string;
  readonly request: Record<string, unknown> & { training_file: string; model: string };
  status: string;
  error: { code: string; message: string; param: string | null } | null;
  /** The newest first. */
  events: Record<string, unknown>[];
  checkpoints: Record<string, unknown>[];
}

export function errorBody(message: string, code: string | null = null, param: string | null = null): unknown {
  return { error: { message, type: 'invalid_request_error', param, code } };
}

const now = 1_790_000_000;

/**
 * Speaks the part of OpenAI's API that fine-tuning takes, and makes the trouble that it is told to make. What it trains is a
 * toy that knows its examples again (see FakeLanguageModel).
 */
export class FakeOpenAi {
  readonly exchanges: Exchange[] = [];
  readonly files = new Map<string, { name: string; content: Buffer }>();
  readonly deleted: string[] = [];
  readonly jobs = new Map<string, FakeJob>();
  readonly models = new Map<string, FakeLanguageModel>();
  key: string | undefined;
  /** Whether answers come with log-probabilities. */
  scores = true;
  /** Asked before each request; what it gives is answered instead. */
  trouble: (request: SeenRequest) => Trouble | undefined = () => undefined;
  /** Statuses that a job goes through, one at each look at it. */
  course: readonly string[] = ['validating_files', 'queued', 'running', 'succeeded'];
  /** What a new job will come to. */
  onJob: (job: FakeJob) => void = () => undefined;
  private readonly looks = new Map<string, number>();
  private readonly server = new LoopbackServer((request, response) => {
    this.handle(request, response);
  });

  static async start(port = 0): Promise<FakeOpenAi> {
    const fake = new FakeOpenAi();
    await fake.server.listen(port);
    return fake;
  }

  close(): Promise<void> {
    return this.server.close();
  }

  get address(): string {
    return `${this.server.origin}/v1`;
  }

  count(method: string, path: RegExp): number {
    return this.exchanges.filter((seen) => seen.method === method && path.test(seen.path)).length;
  }

  private handle({ method, path, headers: told, body }: Received, response: ServerResponse): void {
    const url = new URL(path, this.server.origin);
    const seen: SeenRequest = {
      method,
      path: url.pathname.replace(/^\/v1/, ''),
      query: url.searchParams,
      authorization: told.authorization,
      type: told['content-type'] ?? '',
      body,
    };
    const answer = this.trouble(seen) ?? this.answer(seen);
    const given = typeof answer === 'string' ? { status: 200, body: undefined } : answer;
    this.exchanges.push({ ...seen, status: given.status, answer: given.body });
    if (answer === 'stall') return;
    const headers = { 'content-type': 'application/json', 'x-request-id': 'req_1' };
    if (typeof answer !== 'string') {
      response.writeHead(answer.status, { ...headers, ...answer.headers }).end(JSON.stringify(answer.body));
      return;
    }
    response.writeHead(200, headers);
    if (answer === 'cut') {
      response.write('{"object": "li', () => response.destroy());
      return;
    }
    const dripping = setInterval(() => response.write(' '), 5);
    response.on('close', () => {
      clearInterval(dripping);
    });
  }

  private answer(seen: SeenRequest): Answer {
    const { method, path, query } = seen;
    if (this.key !== undefined && seen.authorization !== `Bearer ${this.key}`) {
      return { status: 401, body: errorBody('Incorrect API key provided.', 'invalid_api_key') };
    }
    const [, collection = '', id = '', action = ''] =
      /^\/(files|models|chat\/completions|completions|fine_tuning\/jobs)(?:\/([\w.:-]+))?(?:\/(\w+))?$/.exec(path) ??
      [];
    switch (`${method} ${collection}`) {
      case 'GET models': {
        const names = ['base-1', ...this.models.keys()];
        const data = names.map((name) => ({ id: name, object: 'model', created: now, owned_by: 'fake' }));
        return { status: 200, body: { object: 'list', data } };
      }
      case 'POST files':
        return this.upload(seen);
      case 'GET files': {
        if (id === '')
          return this.page(
            [...this.files.keys()].reverse().map((file) => this.file(file)),
            query,
          );
        return this.files.has(id) ? { status: 200, body: this.file(id) } : missing(id);
      }
      case 'DELETE files':
        if (!this.files.delete(id)) return missing(id);
        this.deleted.push(id);
        return { status: 200, body: { id, object: 'file', deleted: true } };
      case 'POST fine_tuning/jobs':
        return id === '' ? this.createJob(seen) : this.act(id, action);
      case 'GET fine_tuning/jobs':
        return this.lookAtJobs(id, action, query);
      case 'POST chat/completions':
      case 'POST completions':
        return this.complete(collection === 'completions', JSON.parse(seen.body.toString()) as Record<string, unknown>);
      default:
        return { status: 404, body: errorBody(`Invalid URL (${method} ${path})`) };
    }
  }

  private upload({ body, type }: SeenRequest): Answer {
    const { fields, file } = partsOf(body, type);
    if (fields.get('purpose') !== 'fine-tune' || !file) return { status: 400, body: errorBody('purpose?') };
    const id = `file-${this.files.size + this.deleted.length + 1}`;
    this.files.set(id, file);
    return { status: 200, body: this.file(id) };
  }

  private file(id: string): Record<string, unknown> {
    const { name, content } = this.files.get(id)!;
    const facts = { object: 'file', bytes: content.length, created_at: now, purpose: 'fine-tune', status: 'processed' };
    return { id, filename: name, ...facts };
  }

  private createJob({ body }: SeenRequest): Answer {
    const request = JSON.parse(body.toString()) as FakeJob['request'];
    if (request.model !== 'base-1' && !this.models.has(request.model)) {
      const message = `Model ${request.model} is not available for fine-tuning or does not exist.`;
      return { status: 400, body: errorBody(message, 'model_not_available', 'model') };
    }
    if (!this.files.has(request.training_file)) return missing(request.training_file);
    const id = `ftjob-${this.jobs.size + 1}`;
    const job: FakeJob = { id, request, status: this.course[0]!, error: null, events: [], checkpoints: [] };
    this.jobs.set(id, job);
    this.onJob(job);
    return { status: 200, body: this.job(job) };
  }

  private act(id: string, action: string): Answer {
    const job = this.jobs.get(id);
    if (!job) return missing(id);
    if (action === 'cancel') job.status = 'cancelled';
    return { status: 200, body: this.job(job) };
  }

  private lookAtJobs(id: string, action: string, query: URLSearchParams): Answer {
    if (id === '')
      return this.page(
        [...this.jobs.values()].reverse().map((job) => this.job(job)),
        query,
      );
    const job = this.jobs.get(id);
    if (!job) return missing(id);
    if (action === 'events') return this.page(job.events, query);
    if (action === 'checkpoints') {
      const [first, last] = [job.checkpoints[0]?.id ?? null, job.checkpoints.at(-1)?.id ?? null];
      return {
        status: 200,
        body: { object: 'list', data: job.checkpoints, first_id: first, last_id: last, has_more: false },
      };
    }
    const look = (this.looks.get(id) ?? -1) + 1;
    this.looks.set(id, look);
    if (job.status !== 'cancelled') job.status = this.course[Math.min(look, this.course.length - 1)]!;
    if (job.status === 'succeeded') this.learn(job);
    return { status: 200, body: this.job(job) };
  }

  private learn(job: FakeJob): void {
    const file = this.files.get(job.request.training_file);
    const names = [nameOf(job), ...job.checkpoints.map((checkpoint) => String(checkpoint.fine_tuned_model_checkpoint))];
    for (const name of names) if (file && !this.models.has(name)) this.models.set(name, trainedOn(file.content));
  }

  private job(job: FakeJob): Record<string, unknown> {
    const { id, request, status, error } = job;
    const isOver = ['succeeded', 'failed', 'cancelled'].includes(status);
    const method = request.method as { supervised: { hyperparameters: object } } | undefined;
    return {
      id,
      object: 'fine_tuning.job',
      created_at: now,
      finished_at: isOver ? now + 60 : null,
      estimated_finish: isOver ? null : now + 60,
      model: request.model,
      fine_tuned_model: status === 'succeeded' ? nameOf(job) : null,
      organization_id: 'org-1',
      result_files: [],
      status,
      trained_tokens: status === 'succeeded' ? 4321 : null,
      training_file: request.training_file,
      validation_file: request.validation_file ?? null,
      hyperparameters: { batch_size: 'auto', learning_rate_multiplier: 'auto', ...method?.supervised.hyperparameters },
      ...(method && { method }),
      seed: request.seed ?? 0,
      error: status === 'failed' ? error : null,
      ...(request.metadata !== undefined && { metadata: request.metadata }),
    };
  }

  private complete(isLegacy: boolean, request: Record<string, unknown>): Answer {
    const model = this.models.get(String(request.model));
    if (!model)
      return { status: 404, body: errorBody(`The model ${String(request.model)} does not exist`, 'model_not_found') };
    const messages = request.messages as { content: string }[] | undefined;
    const stop = (request.stop as string[] | undefined)?.[0];
    const tokens = model.answer(isLegacy ? String(request.prompt) : messages![0]!.content, stop);
    const text = tokens.map(({ token }) => token).join('');
    const facts = { id: 'cmpl-1', created: now, model: request.model };
    if (isLegacy) {
      const scores = {
        tokens: tokens.map(({ token }) => token),
        token_logprobs: tokens.map(({ scores }) => scores[0]![1]),
        top_logprobs: tokens.map(({ scores }) => Object.fromEntries(scores)),
        text_offset: tokens.map(() => 0),
      };
      const logprobs = this.scores && request.logprobs !== undefined ? scores : null;
      const choices = [{ index: 0, text, finish_reason: 'stop', logprobs }];
      return { status: 200, body: { ...facts, object: 'text_completion', choices } };
    }
    const told = (token: string, logprob: number): object => ({ token, logprob, bytes: [...Buffer.from(token)] });
    const content = tokens.map(({ token, scores }) => {
      return { ...told(token, scores[0]![1]), top_logprobs: scores.map(([other, score]) => told(other, score)) };
    });
    const logprobs = this.scores && request.logprobs === true ? { content, refusal: null } : null;
    const message = { role: 'assistant', content: text, refusal: null };
    const choices = [{ index: 0, message, finish_reason: 'stop', logprobs }];
    const usage = { prompt_tokens: 1, completion_tokens: tokens.length, total_tokens: 1 + tokens.length };
    return { status: 200, body: { ...facts, object: 'chat.completion', choices, usage } };
  }

  private page(items: Record<string, unknown>[], query: URLSearchParams): Answer {
    const after = query.get('after');
    const start = after === null ? 0 : items.findIndex(({ id }) => id === after) + 1;
    const data = items.slice(start, start + Number(query.get('limit') ?? 20));
    const ends = { first_id: data[0]?.id ?? '', last_id: data.at(-1)?.id ?? '' };
    return { status: 200, body: { object: 'list', data, ...ends, has_more: start + data.length < items.length } };
  }
}

function nameOf({ id, request }: FakeJob): string {
  return `ft:${request.model}:${String(request.suffix)}:${id}`;
}

function missing(id: string): Answer {
  return { status: 404, body: errorBody(`No such object: ${id}`, null, 'id') };
}

/** The parts of a form: its fields, and its one file. */
export function partsOf(
  body: Buffer,
  type: string,
): { fields: Map<string, string>; file: { name: string; content: Buffer } | undefined } {
  const boundary = `--${/boundary=([\w-]+)/.exec(type)![1]!}`;
  const fields = new Map<string, string>();
  let file: { name: string; content: Buffer } | undefined;
  for (const part of body.toString('latin1').split(boundary).slice(1, -1)) {
    const [head, ...rest] = part.slice(2).split('\r\n\r\n');
    const content = Buffer.from(rest.join('\r\n\r\n').slice(0, -2), 'latin1');
    const name = /name="(\w+)"/.exec(head!)![1]!;
    const filename = /filename="([^"]+)"/.exec(head!)?.[1];
    if (filename === undefined) fields.set(name, content.toString());
    else file = { name: filename, content };
  }
  return { fields, file };
}
