import * as v from 'valibot';
import { LiftError, throwIfCancelled } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { ConnectionTest } from '../../run/backend';
import type { HfJobsChoice } from '../../run/backend-choice';
import { HfLog } from './log';
import { jobRequest, packagePath } from './job-request';
import { HfRepository } from './repository';
import type { HubOptions } from './repository';
import { HfJob, HfJobs, Hardware, WhoAmI } from './schemas';
import { HttpClient } from '../http/client';
import type { HttpAnswer } from '../http/answer';
import type { HttpRequest } from '../http/client';
import type { JobService, JobStatus, SubmitOptions } from '../jobs/service';
import type { ProgramSettings } from '../jobs/pack-training';

/** What a hub takes in one file is far more; this much is sent in a reasonable time. */
const PACKAGE_LIMIT = 2 * 1024 ** 3;
export const usualFlavor = 't4-small';
export const usualMinutes = 60;
const LOG_PAUSE = 1000;
const LOG_END = 15_000;

const phases: Readonly<Record<string, JobStatus['phase']>> = {
  SCHEDULING: 'queued',
  RUNNING: 'running',
  COMPLETED: 'succeeded',
  ERROR: 'failed',
  CANCELED: 'stopped',
  DELETED: 'missing',
};

/**
 * Hugging Face Jobs: our program in a container of the hub. What a job needs and what it brings lie in a private dataset
 * repository of the user, one folder a job.
 */
export class HfJobsService implements JobService {
  readonly kind = 'hf-jobs';
  readonly packageLimit = PACKAGE_LIMIT;
  readonly destination: string;
  private readonly http: HttpClient;
  private readonly logs = new Map<string, HfLog>();
  private readonly over = new Set<string>();
  private owner: string | undefined;
  private price: Hardware | undefined;

  constructor(
    private readonly choice: HfJobsChoice,
    private readonly options: HubOptions,
  ) {
    const { endpoint, token, retries } = options;
    this.destination = `Hugging Face Jobs at ${endpoint}`;
    this.http = new HttpClient({
      address: endpoint,
      name: 'The Hugging Face hub',
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      keySource: 'HF_TOKEN',
      caSource: 'NODE_EXTRA_CA_CERTS',
      explain: ({ status, text }) => (status === 402 ? noCredit(text) : undefined),
      ...(retries && { retries }),
    });
  }

  get cost(): string {
    const { flavor, minutes } = this.wished;
    const limit = `${flavor}, ${minutes} minutes at most`;
    if (!this.price) return limit;
    const { unitCostUSD: cost, unitLabel } = this.price;
    const perMinute = unitLabel.startsWith('hour') ? cost / 60 : cost;
    return `${limit}: up to ${(perMinute * minutes).toFixed(2)} USD (${(perMinute * 60).toFixed(2)} USD an hour)`;
  }

  /** Kinds of machines with their prices. */
  hardware(signal?: AbortSignal): Promise<Hardware[]> {
    return this.json(Hardware, { method: 'GET', path: '/api/jobs/hardware', signal });
  }

  /** Whose token it is. Throws `unauthorized` for one that the hub does not know. */
  async account(signal?: AbortSignal): Promise<string> {
    return (await this.json(WhoAmI, { method: 'GET', path: '/api/whoami-v2', signal })).name;
  }

  async test(signal?: AbortSignal): Promise<ConnectionTest> {
    await this.settings(signal);
    return { service: `Hugging Face Jobs for ${await this.account(signal)}`, warnings: [] };
  }

  /** How the program runs there. Throws `usage` for a kind of machine that the hub does not have, `unauthorized`. */
  async settings(signal?: AbortSignal): Promise<ProgramSettings> {
    const hardware = await this.hardware(signal);
    const { flavor } = this.wished;
    this.price = hardware.find(({ name }) => name === flavor);
    if (!this.price) {
      const names = hardware.map(({ name }) => name).join(', ');
      throw new LiftError('usage', phrase`The hub has no machine "${flavor}".`, phrase`It has ${names}.`);
    }
    return { workers: null, storage: `hf://datasets/${await this.repositoryName(signal)}`, results: 'storage' };
  }

  async submit(key: string, archive: Uint8Array, { signal, onProgress }: SubmitOptions): Promise<string> {
    const found = await this.find(key, signal);
    if (found !== undefined) return found;
    const repository = await this.repository(signal);
    await repository.create(signal);
    await repository.write(packagePath(key), archive, { signal, onProgress });
    // From here on not to be interrupted: whether the job has begun must be known, to stop it.
    throwIfCancelled(signal);
    const path = `/api/jobs/${await this.namespace()}`;
    const job = await jobRequest(key, repository.name, { ...this.choice, ...this.wished }, this.options.token ?? '');
    const body = Buffer.from(JSON.stringify(job));
    try {
      return (await this.json(HfJob, { method: 'POST', path, body, repeatable: false })).id;
    } catch (error) {
      // An answer that was lost: the job may be there all the same.
      const begun = LiftError.is(error, 'network') ? await this.find(key).catch(() => undefined) : undefined;
      if (begun === undefined) throw error;
      return begun;
    }
  }

  async status(id: string, signal?: AbortSignal): Promise<JobStatus> {
    const request = { method: 'GET', path: await this.jobPath(id, signal), signal } as const;
    const answer = await this.http.send(request);
    if (answer.status === 404) return { phase: 'missing', message: '' };
    const { status } = this.parsed(HfJob, request, answer);
    const phase = phases[status.stage] ?? 'running';
    if (phase !== 'queued' && phase !== 'running') this.over.add(id);
    return { phase, message: status.message ?? '' };
  }

  async log(id: string, signal?: AbortSignal): Promise<string> {
    const path = `${await this.jobPath(id, signal)}/logs`;
    const open = (): Promise<AsyncIterable<string>> => this.http.stream({ method: 'GET', path, signal });
    const log = this.logs.get(id) ?? new HfLog(open, (error) => LiftError.from(error));
    this.logs.set(id, log);
    return log.text(this.over.has(id) ? LOG_END : LOG_PAUSE);
  }

  async stop(id: string, signal?: AbortSignal): Promise<void> {
    const request = { method: 'POST', path: `${await this.jobPath(id, signal)}/cancel`, signal } as const;
    const answer = await this.http.send(request);
    if (answer.status !== 404 && answer.status !== 409) this.parsed(v.unknown(), request, answer);
  }

  async fetch(place: string, signal?: AbortSignal): Promise<Uint8Array> {
    const name = `hf://datasets/${await this.repositoryName(signal)}/`;
    if (!place.startsWith(name)) throw new LiftError('run-invalid', phrase`The job names a strange place: ${place}.`);
    return (await this.repository(signal)).read(place.slice(name.length), signal);
  }

  /** The package of a job that is over leaves the repository. */
  async tidy(id: string, signal?: AbortSignal): Promise<void> {
    const job = await this.json(HfJob, { method: 'GET', path: await this.jobPath(id, signal), signal });
    const key = job.labels?.lift;
    if (key !== undefined) await (await this.repository(signal)).remove(packagePath(key), signal);
  }

  async remains(signal?: AbortSignal): Promise<string> {
    const repository = await this.repositoryName(signal);
    return `the answers and what was trained, in your private repository ${repository}; what is sent is deleted when the job is over`;
  }

  private get wished(): { flavor: string; minutes: number } {
    return { flavor: this.choice.flavor ?? usualFlavor, minutes: this.choice.minutes ?? usualMinutes };
  }

  /** The job that was begun under a key, unless it has failed. */
  private async find(key: string, signal?: AbortSignal): Promise<string | undefined> {
    const jobs = await this.json(HfJobs, { method: 'GET', path: `/api/jobs/${await this.namespace(signal)}`, signal });
    const usable = ({ status: { stage } }: (typeof jobs)[number]): boolean =>
      ['SCHEDULING', 'RUNNING', 'COMPLETED'].includes(stage);
    return jobs.find((job) => job.labels?.lift === key && usable(job))?.id;
  }

  private async jobPath(id: string, signal?: AbortSignal): Promise<string> {
    return `/api/jobs/${await this.namespace(signal)}/${encodeURIComponent(id)}`;
  }

  private async namespace(signal?: AbortSignal): Promise<string> {
    this.owner ??= this.choice.namespace ?? (await this.account(signal));
    return this.owner;
  }

  private async repositoryName(signal?: AbortSignal): Promise<string> {
    return `${await this.namespace(signal)}/lift-jobs`;
  }

  private async repository(signal?: AbortSignal): Promise<HfRepository> {
    return new HfRepository(await this.repositoryName(signal), this.options);
  }

  private async json<T>(schema: v.GenericSchema<unknown, T>, request: HttpRequest): Promise<T> {
    return this.parsed(schema, request, await this.http.send(request));
  }

  private parsed<T>(schema: v.GenericSchema<unknown, T>, request: HttpRequest, answer: HttpAnswer): T {
    if (answer.status < 200 || answer.status > 299) throw this.http.failed(request, answer);
    const found = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), answer.text);
    if (found.success) return found.output;
    const message = phrase`What answers at ${this.options.endpoint} is no Hugging Face hub.`;
    throw new LiftError('network', message, 'Check HF_ENDPOINT.');
  }
}

function noCredit(text: string): LiftError {
  const said = text.slice(0, 200);
  return new LiftError(
    'unauthorized',
    phrase`Hugging Face Jobs need credit on the account: ${said}`,
    'Add credit at https://huggingface.co/settings/billing, then resume the run.',
  );
}
