import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { LiftError, throwIfCancelled } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { ConnectionTest } from '../../run/backend';
import type { RayChoice } from '../../run/backend-choice';
import { HttpClient, usualRetries } from '../http/client';
import type { HttpRetries } from '../http/client';
import type { JobService, JobStatus, SubmitOptions } from '../jobs/service';
import { programEntrypoint, programRequirements } from '../jobs/program-files';
import { checkedAddress, isLoopback } from '../http/server-address';

/** Ray holds packages in the memory of its head; older versions take no more than this. */
const PACKAGE_LIMIT = 100 * 1024 * 1024;

/** A head takes no job in the first half minute: what starts jobs, its agent, comes up last. */
const AGENT_TRIES = 8;
/** Between them, in first pauses of a request: five seconds. */
const AGENT_PAUSES = 10;
const noAgent = /no available agent/i;

const Version = v.object({ ray_version: v.string() });
const JobInfo = v.object({
  status: v.picklist(['PENDING', 'RUNNING', 'STOPPED', 'SUCCEEDED', 'FAILED']),
  message: v.nullish(v.string()),
});
const Logs = v.object({ logs: v.string() });

const phases = {
  PENDING: 'queued',
  RUNNING: 'running',
  STOPPED: 'stopped',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
} as const satisfies Record<string, JobStatus['phase']>;

/** How the address of a dashboard is written, and the token that does not belong into it is given. */
export const rayAddress = { example: 'http://127.0.0.1:8265', keySource: 'LIFT_RAY_TOKEN' };

export interface RayOptions {
  /** Never written anywhere. */
  readonly token: string | undefined;
  readonly retries?: HttpRetries;
}

/**
 * A Ray cluster through the Jobs REST API of its dashboard (https://docs.ray.io, "Ray Jobs REST API"). The id of a job is
 * its key, so to submit it twice is to find it.
 */
export class RayService implements JobService {
  readonly kind = 'ray';
  readonly destination: string;
  readonly packageLimit = PACKAGE_LIMIT;
  readonly cost = undefined;
  private readonly address: URL;
  private readonly client: HttpClient;
  /** The same without what tells who we are. */
  private readonly anonymous: HttpClient;
  private readonly hasSecrets: boolean;
  private readonly firstPause: number;

  constructor(
    private readonly choice: RayChoice,
    { token, retries }: RayOptions,
  ) {
    this.address = checkedAddress(choice.address, rayAddress);
    const address = this.address.href.replace(/\/+$/, '');
    this.destination = `the Ray cluster at ${address}`;
    const headers = { ...choice.headers, ...(token && { authorization: `Bearer ${token}` }) };
    this.hasSecrets = Object.keys(headers).length > 0;
    const shared = {
      address,
      name: 'The Ray cluster',
      caFile: choice.caFile,
      keySource: 'LIFT_RAY_TOKEN',
      caSource: '--ca-file, lift.remote.ray.caFile',
      ...(retries && { retries }),
    };
    this.firstPause = (retries ?? usualRetries).firstPause;
    this.client = new HttpClient({ ...shared, headers });
    this.anonymous = new HttpClient({ ...shared, headers: {} });
  }

  async test(signal?: AbortSignal): Promise<ConnectionTest> {
    const { ray_version: version } = await this.get(Version, '/api/version', signal);
    return { service: `Ray ${version}`, warnings: await this.warnings(signal) };
  }

  async submit(key: string, archive: Uint8Array, { signal, onProgress }: SubmitOptions): Promise<string> {
    if ((await this.status(key, signal)).phase !== 'missing') return key;
    const name = `_ray_pkg_${createHash('sha256').update(archive).digest('hex').slice(0, 32)}.zip`;
    const path = `/api/packages/gcs/${name}`;
    const known = await this.client.send({ method: 'GET', path, signal });
    if (known.status === 404) {
      const type = 'application/octet-stream';
      const sent = await this.client.send({ method: 'PUT', path, body: archive, type, signal, onProgress });
      if (sent.status !== 200) throw this.client.failed({ method: 'PUT', path }, sent);
    } else if (known.status !== 200) throw this.client.failed({ method: 'GET', path }, known);
    for (let attempt = 1; ; attempt++) {
      // What comes next is not to be interrupted: whether the job has begun must be known, to stop it.
      throwIfCancelled(signal);
      try {
        await this.begin(key, `gcs://${name}`);
        return key;
      } catch (error) {
        if (attempt === AGENT_TRIES || !(error instanceof LiftError && noAgent.test(error.message))) throw error;
        await sleep(AGENT_PAUSES * this.firstPause, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async status(id: string, signal?: AbortSignal): Promise<JobStatus> {
    const path = `/api/jobs/${id}`;
    const answer = await this.client.send({ method: 'GET', path, signal });
    if (answer.status === 404) return { phase: 'missing', message: '' };
    const { status, message } = this.parsed(JobInfo, path, answer);
    return { phase: phases[status], message: message ?? '' };
  }

  async log(id: string, signal?: AbortSignal): Promise<string> {
    return (await this.get(Logs, `/api/jobs/${id}/logs`, signal)).logs;
  }

  async stop(id: string, signal?: AbortSignal): Promise<void> {
    const path = `/api/jobs/${id}/stop`;
    const answer = await this.client.send({ method: 'POST', path, body: Buffer.from('{}'), signal });
    if (answer.status !== 200 && answer.status !== 404) throw this.client.failed({ method: 'POST', path }, answer);
  }

  remains(): Promise<string> {
    const what = "the job's log with its results, and what was sent in the caches of its nodes";
    return Promise.resolve(`${what}, as long as the cluster keeps them`);
  }

  private async begin(key: string, packageUri: string): Promise<void> {
    const pip = this.choice.install === false ? undefined : { packages: await programRequirements(), pip_check: false };
    const job = {
      entrypoint: programEntrypoint,
      submission_id: key,
      runtime_env: {
        working_dir: packageUri,
        ...(pip && { pip }),
        env_vars: { HF_HUB_DISABLE_TELEMETRY: '1', TOKENIZERS_PARALLELISM: 'false', PYTHONUNBUFFERED: '1' },
      },
      metadata: { program: 'lift' },
    };
    const path = '/api/jobs/';
    const body = Buffer.from(JSON.stringify(job));
    const answer = await this.client.send({ method: 'POST', path, body }).catch(async (error: unknown) => {
      // An answer that was lost, or a repeated request: the job may be there all the same.
      if (!LiftError.is(error, 'network')) throw error;
      const found = await this.status(key).catch(() => undefined);
      if (found === undefined || found.phase === 'missing') throw error;
      return undefined;
    });
    if (answer === undefined || answer.status === 200) return;
    if ((await this.status(key)).phase === 'missing') throw this.client.failed({ method: 'POST', path }, answer);
  }

  private async get<T>(schema: v.GenericSchema<unknown, T>, path: string, signal: AbortSignal | undefined): Promise<T> {
    return this.parsed(schema, path, await this.client.send({ method: 'GET', path, signal }));
  }

  private parsed<T>(
    schema: v.GenericSchema<unknown, T>,
    path: string,
    answer: { status: number; text: string; retryAfter: number | undefined },
  ): T {
    const found = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), answer.text);
    if (answer.status === 200 && found.success) return found.output;
    if (answer.status !== 200) throw this.client.failed({ method: 'GET', path }, answer);
    throw new LiftError(
      'network',
      phrase`What answers at ${this.address.href} is no Ray dashboard.`,
      'Name the address of the dashboard, usually port 8265 of the head node.',
    );
  }

  private async warnings(signal: AbortSignal | undefined): Promise<string[]> {
    if (isLoopback(this.address)) return [];
    const warnings: string[] = [];
    if (this.address.protocol === 'http:') {
      const what = this.hasSecrets ? 'the rows and the token' : 'the rows';
      warnings.push(`The connection is not encrypted: whoever is on the way can read ${what}. Use https.`);
    }
    const open = await this.anonymous.send({ method: 'GET', path: '/api/version', signal }).then(
      ({ status }) => status === 200,
      () => false,
    );
    if (open) {
      warnings.push(
        'The cluster asks for no authentication: whoever reaches it can read what is sent and run programs on it.',
      );
    }
    return warnings;
  }
}
