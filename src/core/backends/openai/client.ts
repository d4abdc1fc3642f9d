import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { LiftError, throwIfCancelled } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { OpenAiChoice } from '../../run/backend-choice';
import { withJitter } from '../http/back-off';
import { HttpClient, LONGEST_PAUSE } from '../http/client';
import type { HttpAnswer } from '../http/answer';
import { pauseAskedBy } from '../http/failures';
import type { HttpRequest, HttpRetries } from '../http/client';
import { explainRefusal, RefusedRequest, refusalOf } from './errors';
import { fileForm } from './multipart';
import { CheckpointList, EventList, FileList, Job, JobList, ModelList, UploadedFile } from './schemas';
import type { Checkpoint, JobEvent } from './schemas';
import { checkedAddress } from '../http/server-address';

/** A limit of requests a minute may take a minute to pass; an answer that drips in for so long will not come. */
const patientRetries: HttpRetries = { tries: 8, firstPause: 500, stall: 60_000, answerLimit: 300_000 };

/** Pages of a list that are read before what is looked for counts as not there. */
const MOST_PAGES = 20;
const PAGE = 100;
const usedUp: readonly string[] = ['failed', 'cancelled', 'canceled', 'error'];

export const openAiKeyVariable = 'LIFT_OPENAI_KEY';
export const openAiAddress = { example: 'https://api.openai.com/v1', keySource: openAiKeyVariable };

export interface OpenAiOptions {
  /** Never written anywhere. */
  readonly key: string | undefined;
  readonly retries?: HttpRetries;
}

/**
 * The part of OpenAI's API that fine-tuning takes, as several services speak it. A client of our own, of few requests: the
 * package of OpenAI repeats uploads that may have arrived, and asks for a key where a service has none.
 * Every method throws `network` after several tries, `unauthorized`, `cancelled`; `usage` (a RefusedRequest) when the
 * service refuses what it is asked.
 */
export class OpenAiClient {
  /** In words: "the service at https://api.openai.com/v1". */
  readonly destination: string;
  readonly address: URL;
  private readonly http: HttpClient;
  private readonly retries: HttpRetries;

  constructor(choice: OpenAiChoice, { key, retries = patientRetries }: OpenAiOptions) {
    this.address = checkedAddress(choice.address, openAiAddress);
    const address = this.address.href.replace(/\/+$/, '');
    this.destination = `the service at ${address}`;
    this.retries = retries;
    const keySource = choice.keyVariable ?? openAiKeyVariable;
    this.http = new HttpClient({
      address,
      name: 'The service',
      headers: { ...choice.headers, ...(key && { authorization: `Bearer ${key}` }) },
      caFile: choice.caFile,
      keySource,
      caSource: '--ca-file, lift.remote.openai.caFile',
      explain: explainRefusal(this.destination, keySource),
      retries,
    });
  }

  /** Undefined when the service gives no list. */
  async models(signal?: AbortSignal): Promise<string[] | undefined> {
    return (await this.get(ModelList, '/models', signal).catch(absent))?.data.map(({ id }) => id);
  }

  /**
   * Uploads a file of JSON lines, unless it is there already under its name.
   * @param name no other file has it
   * @param isFirst nothing of this name was sent before
   */
  uploadOnce(
    name: string,
    content: Uint8Array,
    isFirst: boolean,
    { signal, onProgress }: Pick<HttpRequest, 'signal' | 'onProgress'>,
  ): Promise<string> {
    const find = async (): Promise<string | undefined> => {
      const found = await this.find(FileList, '/files?purpose=fine-tune&', ({ filename }) => filename === name, signal);
      return found?.id;
    };
    const upload = async (): Promise<string> => {
      const { body, type } = fileForm(name, content);
      const request = { method: 'POST', path: '/files', body, type, signal, onProgress, repeatable: false } as const;
      return this.parsed(UploadedFile, request, await this.http.send(request)).id;
    };
    return this.once(find, upload, isFirst, signal);
  }

  async hasFile(id: string, signal?: AbortSignal): Promise<boolean> {
    const request = { method: 'GET', path: `/files/${encodeURIComponent(id)}`, signal } as const;
    const answer = await this.http.send(request);
    if (answer.status === 404) return false;
    this.parsed(UploadedFile, request, answer);
    return true;
  }

  /** One that is gone already is left alone. */
  async deleteFile(id: string, signal?: AbortSignal): Promise<void> {
    const request = { method: 'DELETE', path: `/files/${encodeURIComponent(id)}`, signal } as const;
    const answer = await this.http.send(request);
    if (answer.status !== 404) this.parsed(v.unknown(), request, answer);
  }

  /** Begins a job, unless one is there for the same training file that has not failed. */
  createJobOnce(request: Readonly<Record<string, unknown>>, isFirst: boolean, signal?: AbortSignal): Promise<string> {
    const find = async (): Promise<string | undefined> => {
      const fits = (job: Job): boolean => job.training_file === request.training_file && !usedUp.includes(job.status);
      return (await this.find(JobList, '/fine_tuning/jobs?', fits, signal))?.id;
    };
    // Not to be interrupted: whether the job has begun must be known, to cancel it.
    const create = async (): Promise<string> =>
      (await this.post(Job, '/fine_tuning/jobs', request, undefined, false)).id;
    return this.once(find, create, isFirst, signal);
  }

  /** Undefined when the service does not know it. */
  async job(id: string, signal?: AbortSignal): Promise<Job | undefined> {
    const request = { method: 'GET', path: jobPath(id), signal } as const;
    const answer = await this.http.send(request);
    return answer.status === 404 ? undefined : this.parsed(Job, request, answer);
  }

  /** Events that are not among those known, in the order in which they happened. A service may have none at all. */
  async newEvents(id: string, known: ReadonlySet<string>, signal?: AbortSignal): Promise<JobEvent[]> {
    const fresh = new Map<string, JobEvent>();
    let after = '';
    for (let page = 0; page < MOST_PAGES; page++) {
      const path = `${jobPath(id)}/events?limit=${PAGE}${after}`;
      const list = await this.get(EventList, path, signal).catch(absent);
      if (!list) break;
      for (const event of list.data) if (!known.has(event.id)) fresh.set(event.id, event);
      const last = list.data.at(-1);
      // The newest come first: the rest is known.
      if (!list.has_more || !last || known.has(last.id)) break;
      after = `&after=${encodeURIComponent(last.id)}`;
    }
    // Of one second the one that came later stands first.
    return [...fresh.values()].reverse().sort((a, b) => a.created_at - b.created_at);
  }

  /** Models of earlier epochs, where a service keeps them. */
  async checkpoints(id: string, signal?: AbortSignal): Promise<Checkpoint[]> {
    return (
      (await this.get(CheckpointList, `${jobPath(id)}/checkpoints?limit=${PAGE}`, signal).catch(absent))?.data ?? []
    );
  }

  /** A job that is over is left alone. */
  async cancelJob(id: string, signal?: AbortSignal): Promise<void> {
    await this.post(v.unknown(), `${jobPath(id)}/cancel`, {}, signal).catch((error: unknown) => {
      if (!(error instanceof RefusedRequest)) throw error;
    });
  }

  async post<T>(
    schema: v.GenericSchema<unknown, T>,
    path: string,
    body: Readonly<Record<string, unknown>>,
    signal?: AbortSignal,
    repeatable = true,
  ): Promise<T> {
    const request = { method: 'POST', path, body: Buffer.from(JSON.stringify(body)), signal, repeatable } as const;
    return this.parsed(schema, request, await this.http.send(request));
  }

  private async get<T>(schema: v.GenericSchema<unknown, T>, path: string, signal: AbortSignal | undefined): Promise<T> {
    const request = { method: 'GET', path, signal } as const;
    return this.parsed(schema, request, await this.http.send(request));
  }

  private parsed<T>(schema: v.GenericSchema<unknown, T>, request: HttpRequest, answer: HttpAnswer): T {
    const name = `${request.method} ${request.path.replace(/\?.*/, '')}`;
    if (answer.status < 200 || answer.status > 299) {
      const refusal = refusalOf(answer.text) ?? { message: answer.text.slice(0, 200), code: '', param: '' };
      throw new RefusedRequest(answer.status, refusal, name, this.destination);
    }
    const found = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), answer.text);
    if (found.success) return found.output;
    throw new LiftError(
      'network',
      phrase`What ${this.destination} answers to ${name} is not what an OpenAI-compatible API answers.`,
      'Check the address: it usually ends in /v1.',
    );
  }

  /** Goes through a list until something fits; a service that gives no list has nothing. */
  private async find<T extends { id: string }>(
    schema: v.GenericSchema<unknown, { data: T[]; has_more?: boolean | undefined }>,
    path: string,
    fits: (item: T) => boolean,
    signal: AbortSignal | undefined,
  ): Promise<T | undefined> {
    let after = '';
    for (let page = 0; page < MOST_PAGES; page++) {
      const list = await this.get(schema, `${path}limit=${PAGE}${after}`, signal).catch(absent);
      const found = list?.data.find(fits);
      const last = list?.data.at(-1);
      if (found || !list?.has_more || !last) return found;
      after = `&after=${encodeURIComponent(last.id)}`;
    }
    return undefined;
  }

  /** Makes something that must not be made twice: when an answer is lost, what has become of it is looked up. */
  private async once(
    find: () => Promise<string | undefined>,
    make: () => Promise<string>,
    isFirst: boolean,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    for (let attempt = 1; ; attempt++) {
      throwIfCancelled(signal);
      const found = isFirst && attempt === 1 ? undefined : await find();
      if (found !== undefined) return found;
      let asked: number | undefined;
      try {
        return await make();
      } catch (error) {
        asked = pauseAskedBy(error);
        const last = attempt >= this.retries.tries || (asked ?? 0) > LONGEST_PAUSE;
        if (last || !LiftError.is(error, 'network')) throw error;
      }
      const pause = asked ?? withJitter(this.retries.firstPause * 2 ** (attempt - 1));
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }
}

function jobPath(id: string): string {
  return `/fine_tuning/jobs/${encodeURIComponent(id)}`;
}

/** What a service does not have counts as empty. */
function absent(error: unknown): undefined {
  if (error instanceof RefusedRequest && [404, 405, 501].includes(error.status)) return undefined;
  throw error;
}
