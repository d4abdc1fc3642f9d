import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { followJob } from '../../../../src/core/backends/jobs/follow';
import type { JobEvent } from '../../../../src/core/backends/jobs/log';
import { RayService } from '../../../../src/core/backends/ray/service';
import { LiftError } from '../../../../src/core/foundation/lift-error';
import { FakeRay, told } from './fake-ray';

const secret = 'token-0123456789';
const retries = { tries: 3, firstPause: 1, stall: 2000 };
const pauses = { least: 1, most: 5 };
const archive = Buffer.from('a package');
const hello: JobEvent = { event: 'notice', level: 'info', message: 'hello' };

let ray: FakeRay;
let service: RayService;

beforeEach(async () => {
  ray = await FakeRay.start();
  service = new RayService({ kind: 'ray', address: `${ray.address}/`, install: false }, { token: secret, retries });
});

afterEach(() => ray.close());

async function failure(work: Promise<unknown>): Promise<LiftError> {
  const error = await work.then(
    () => new Error('no failure'),
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(LiftError);
  expect(JSON.stringify([(error as LiftError).message, (error as LiftError).hint])).not.toContain(secret);
  return error as LiftError;
}

async function follow(id: string, patience = 50): Promise<JobEvent[]> {
  const events: JobEvent[] = [];
  for await (const event of followJob(service, id, { pauses, patience })) events.push(event);
  return events;
}

describe('the connection to a Ray cluster', () => {
  it('tells what answers, and sends the token with every request', async () => {
    expect(await service.test()).toEqual({ service: 'Ray 2.58.0', warnings: [] });
    expect(ray.seen.map(({ authorization }) => authorization)).toEqual([`Bearer ${secret}`]);
  });

  it.each([401, 403])('says that the token is refused (%i), at once', async (status) => {
    ray.trouble = () => ({ status, body: `no ${secret}` });
    expect((await failure(service.test())).code).toBe('unauthorized');
    expect(ray.seen).toHaveLength(1);
  });

  it('tries again what may pass by itself, after the time that the server asks for', async () => {
    const statuses = [503, 429];
    ray.trouble = () => {
      const status = statuses.shift();
      return status === undefined ? undefined : { status, headers: { 'retry-after': '0' } };
    };
    expect((await service.test()).service).toBe('Ray 2.58.0');
    expect(ray.seen).toHaveLength(3);
  });

  it('gives up on a server that stays broken, with its last words but without the token', async () => {
    ray.trouble = () => ({ status: 500, body: `Traceback of ${secret}` });
    const error = await failure(service.test());
    expect(error.code).toBe('network');
    expect(error.message).toContain('Traceback');
  });

  it('says when nobody answers, or somebody else', async () => {
    const nobody = new RayService({ kind: 'ray', address: 'http://127.0.0.1:9' }, { token: secret, retries });
    expect((await failure(nobody.test())).message).toContain('cannot be reached');
    ray.trouble = () => ({ status: 200, body: { hello: 'world' } });
    expect((await failure(service.test())).message).toContain('no Ray dashboard');
  });

  it.each(['ftp://x', 'no address', 'http://me:pass@host:8265'])('refuses the address %s', (address) => {
    expect(() => new RayService({ kind: 'ray', address }, { token: undefined })).toThrow(
      expect.objectContaining({ code: 'usage' }),
    );
  });
});

describe('a job', () => {
  it('is sent once, however often it is submitted and though answers are lost', async () => {
    let cuts = 2;
    ray.trouble = ({ method, path }) => {
      if (method !== 'POST' || path !== '/api/jobs/' || cuts-- <= 0) return undefined;
      // The job is begun, and the answer lost.
      const id = 'job-1';
      ray.jobs.set(id, { status: 'PENDING', message: '', log: '', request: undefined });
      return 'cut';
    };
    expect(await service.submit('job-1', archive, {})).toBe('job-1');
    expect(await service.submit('job-1', archive, {})).toBe('job-1');
    expect(ray.count('PUT', /packages/)).toBe(1);
    expect([...ray.packages.values()]).toEqual([archive]);
    expect(ray.jobs.size).toBe(1);
  });

  it('waits for a head that has just started and takes no jobs yet', async () => {
    let refusals = 5;
    ray.trouble = ({ method, path }) => {
      if (method !== 'POST' || path !== '/api/jobs/' || refusals-- <= 0) return undefined;
      return { status: 500, body: 'No available agent to submit job, please try again later.' };
    };
    expect(await service.submit('job-1', archive, {})).toBe('job-1');
    expect((await service.status('job-1')).phase).not.toBe('missing');
  });

  it('is described to the cluster without anything secret', async () => {
    await service.submit('job-1', archive, {});
    const request = JSON.stringify(ray.jobs.get('job-1')!.request);
    expect(request).toContain('"entrypoint":"python -m lift_remote"');
    expect(request).not.toContain(secret);
  });

  it('is followed while it goes on, through a connection that fails for a while', async () => {
    ray.jobs.set('job', { status: 'RUNNING', message: '', log: told(hello), request: undefined });
    let looks = 0;
    ray.trouble = () => {
      looks++;
      if (looks === 12) {
        const job = ray.jobs.get('job')!;
        job.log += told({ event: 'end' });
        job.status = 'SUCCEEDED';
      }
      return looks > 4 && looks < 10 ? 'cut' : undefined;
    };
    expect(await follow('job', 10_000)).toEqual([hello, { event: 'end' }]);
  });

  it.each([
    ['disk-full', { code: 'disk-full', message: 'A disk of the cluster is full.', hint: 'Free some space.' }],
    ['internal', { code: 'unheard-of', message: 'Strange.', hint: '' }],
  ])('ends with the error that it explains (%s)', async (code, error) => {
    const log = told({ event: 'error', ...error });
    ray.jobs.set('job', { status: 'FAILED', message: 'exit code 1', log, request: undefined });
    const caught = await failure(follow('job'));
    expect(caught.code).toBe(code);
    expect(caught.message).toBe(error.message);
  });

  it('ends with what the cluster says when its program could not say anything', async () => {
    const message = 'Job entrypoint command failed: No module named torch';
    ray.jobs.set('job', { status: 'FAILED', message, log: '', request: undefined });
    const { message: told, hint } = await failure(follow('job'));
    expect(told).toContain('has no torch');
    expect(hint).toContain('--no-install');
    Object.assign(ray.jobs.get('job')!, { message: 'Killed by the node' });
    expect((await failure(follow('job'))).message).toContain('failed: Killed by the node');
  });

  it('is told apart when it is gone, stopped there, or out of reach', async () => {
    expect((await failure(follow('unknown'))).code).toBe('engine-died');
    ray.jobs.set('job', { status: 'STOPPED', message: '', log: '', request: undefined });
    expect((await failure(follow('job'))).code).toBe('cancelled');
    ray.trouble = () => 'cut';
    expect((await failure(follow('job', 20))).code).toBe('network');
  });

  it('is stopped, and one that is gone already is no error', async () => {
    ray.jobs.set('job', { status: 'RUNNING', message: '', log: '', request: undefined });
    await service.stop('job');
    expect(ray.jobs.get('job')!.status).toBe('STOPPED');
    await service.stop('unknown');
  });
});
