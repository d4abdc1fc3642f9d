import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pickBackend } from '../../../src/extension/remote/pick-backend';
import { RemoteKeys } from '../../../src/extension/remote/remote-keys';
import { FakeHfJobs } from '../../core/backends/hugging-face/fake-hf-jobs';
import { FakeOpenAi } from '../../core/backends/openai/fake-openai';
import { FakeRay } from '../../core/backends/ray/fake-ray';
import { user } from '../../helpers/dialogs';
import type { Deed } from '../../helpers/dialogs';
import { userSettings } from '../../helpers/settings';
import { Secrets } from './secrets';

const secret = 'sk-0123456789-secret';
let secrets: Secrets;
let keys: RemoteKeys;

beforeEach(() => {
  secrets = new Secrets();
  keys = new RemoteKeys(secrets);
  userSettings.clear();
  for (const name of ['HF_TOKEN', 'HUGGING_FACE_HUB_TOKEN']) vi.stubEnv(name, '');
});

afterEach(() => vi.unstubAllEnvs());

const pick = (...deeds: Deed[]): ReturnType<typeof pickBackend> => {
  user.will(...deeds);
  return pickBackend(keys);
};
const texts = (): string[] => user.seen.map(({ text }) => text);
const everythingKept = (): string => JSON.stringify([...userSettings]);

describe('choosing where to fine-tune', () => {
  it('offers the three places, and does nothing when none is chosen', async () => {
    expect(await pick('escape')).toBeUndefined();
    expect(user.seen.map(({ choices }) => choices)).toEqual([
      ['Ray cluster', 'OpenAI-compatible API', 'Hugging Face Jobs'],
    ]);
    expect([userSettings.size, secrets.all.size]).toEqual([0, 0]);
  });
});

describe('choosing an OpenAI-compatible API', () => {
  let api: FakeOpenAi;
  const service = { choose: 'OpenAI-compatible API' };

  beforeEach(async () => {
    api = await FakeOpenAi.start();
    api.key = secret;
  });
  afterEach(() => api.close());

  it('asks for address, key and model, and keeps the key in the key store and nowhere else', async () => {
    const address = { type: `${api.address}/` };
    const picked = await pick(service, address, { type: 'sk-wrong' }, { type: ` ${secret} ` }, { type: 'base-1 ' });
    expect(picked).toMatchObject({ backend: { kind: 'openai', address: api.address }, model: 'base-1' });
    expect(JSON.stringify(picked)).not.toContain('sk-');
    expect([...userSettings]).toEqual([
      ['lift.remote.openai.address', api.address],
      ['lift.remote.openai.model', 'base-1'],
    ]);
    expect([...secrets.all]).toEqual([[`lift.remote.openai.key ${new URL(api.address).origin}`, secret]]);
    expect(await keys.environmentFor(picked!.backend)).toEqual({ LIFT_OPENAI_KEY: secret });

    const [, , first, second, model] = user.seen;
    expect([first!.password, second!.password]).toEqual([true, true]);
    expect(second!.text).toContain('does not accept the key. Give another key');
    expect(model!.text).toContain('base-1');
    expect(texts().join()).not.toContain('sk-');
  });

  it('remembers all of it the next time, and takes a key to no other address', async () => {
    await pick(service, { type: api.address }, { type: secret }, { type: 'base-1' });
    await pick(service, { type: api.address }, { type: 'base-1' });
    expect(user.seen.map(({ value }) => value)).toEqual([undefined, api.address, 'base-1']);

    const other = await FakeOpenAi.start();
    try {
      await pick(service, { type: other.address }, { type: 'base-1' });
      expect(other.exchanges.map(({ authorization }) => authorization)).toEqual([undefined]);
    } finally {
      await other.close();
    }
  });

  it.each([
    ['the address', ['escape']],
    ['the key', ['here', 'escape']],
    ['an empty key', ['here', { type: ' ' }]],
    ['the model', ['here', { type: secret }, 'escape']],
    ['an empty model', ['here', { type: secret }, { type: '' }]],
  ] as const)('ends with nothing remembered but an accepted key: %s', async (_, deeds) => {
    const told = deeds.map((deed): Deed => (deed === 'here' ? { type: api.address } : deed));
    expect(await pick(service, ...told)).toBeUndefined();
    expect(user.undone).toEqual([]);
    expect(userSettings.size).toBe(0);
    expect(secrets.all.size).toBe(deeds.some((deed) => typeof deed === 'object' && deed.type === secret) ? 1 : 0);
    expect(api.count('POST', /./)).toBe(0);
  });

  it('says what is wrong with an address while it is typed', async () => {
    const wrong = [{ type: 'api.example.org/v1' }, { type: 'https://me:pass@example.org/v1' }];
    expect(await pick(service, ...wrong, 'escape')).toBeUndefined();
    const { problems } = user.seen[1]!;
    expect(problems[0]).toContain('Write it like https://api.openai.com/v1.');
    expect(problems[1]).toContain('a name or a password');
    expect(api.exchanges).toEqual([]);
  });

  it('says what came of the test when it fails, without the key', async () => {
    api.trouble = () => ({ status: 200, body: { hello: 1 } });
    await expect(pick(service, { type: api.address })).rejects.toMatchObject({ code: 'network' });
    api.trouble = ({ authorization }) =>
      authorization === undefined
        ? { status: 401, body: {} }
        : { status: 403, body: { error: { message: `Not you, ${authorization}` } } };
    const error = await pick(service, { type: api.address }, { type: secret }, 'escape').catch(
      (cause: unknown) => cause,
    );
    expect(String(error)).not.toContain(secret);
    expect(everythingKept()).not.toContain(secret);
    expect(userSettings.size).toBe(0);
  });

  it('need not be waited for', async () => {
    api.trouble = () => 'stall';
    const picked = pick(service, { type: api.address });
    user.impatient = true;
    await expect(picked).rejects.toMatchObject({ code: 'cancelled' });
    expect(userSettings.size).toBe(0);
  });

  it('is reached with the settings of the user', async () => {
    userSettings.set('lift.remote.openai.headers', { 'x-team': 'blue' });
    userSettings.set('lift.remote.openai.price', 3);
    userSettings.set('lift.remote.openai.format', 'completion');
    const picked = await pick(service, { type: api.address }, { type: secret }, { type: 'base-1' });
    expect(picked!.backend).toMatchObject({ headers: { 'x-team': 'blue' }, price: 3, format: 'completion' });
  });
});

describe('choosing Hugging Face Jobs', () => {
  let hub: FakeHfJobs;
  const jobs = { choose: 'Hugging Face Jobs' };

  beforeEach(async () => {
    hub = await FakeHfJobs.start();
    hub.token = secret;
    userSettings.set('lift.hub.endpoint', hub.endpoint);
  });
  afterEach(() => hub.close());

  it('asks for the token, keeps it in the key store alone, and offers machines with their prices', async () => {
    const picked = await pick(jobs, { type: 'hf_wrong' }, { type: secret }, { choose: 'CPU Basic' });
    expect(picked).toMatchObject({ backend: { kind: 'hf-jobs', flavor: 'cpu-basic', minutes: 60 } });
    expect([...secrets.all]).toEqual([['lift.remote.huggingFace.token', secret]]);
    expect(await keys.environmentFor(picked!.backend)).toEqual({ HF_TOKEN: secret });
    expect(JSON.stringify(picked) + everythingKept() + texts().join()).not.toContain(secret);
    const machines = user.seen.at(-1)!;
    // The one of the settings stands first.
    expect(machines.choices).toEqual(['Nvidia T4 - small', 'CPU Basic']);
    expect(machines.text).toContain('CPU Basic · 0.01 USD per hour');
  });

  it('takes the token of the environment without asking', async () => {
    vi.stubEnv('HF_TOKEN', secret);
    expect(await pick(jobs, { choose: 'Nvidia T4 - small' })).toMatchObject({ backend: { flavor: 't4-small' } });
    expect(secrets.all.size).toBe(0);
  });

  it.each([
    ['the token', ['escape'], 0],
    ['the machine', [{ type: secret }, 'escape'], 1],
  ] as const)('ends without a job: %s', async (_, deeds, kept) => {
    expect(await pick(jobs, ...deeds)).toBeUndefined();
    expect(user.undone).toEqual([]);
    expect(secrets.all.size).toBe(kept);
    expect(hub.count('POST', /./)).toBe(0);
  });
});

describe('choosing a Ray cluster', () => {
  let ray: FakeRay;
  const cluster = { choose: 'Ray cluster' };

  beforeEach(async () => {
    ray = await FakeRay.start();
  });
  afterEach(() => ray.close());

  it('asks for nothing but the address where no token is wanted, and remembers it', async () => {
    expect(await pick(cluster, { type: ray.address })).toMatchObject({
      backend: { kind: 'ray', address: ray.address },
    });
    expect([...userSettings]).toEqual([['lift.remote.ray.address', ray.address]]);
    expect(secrets.all.size).toBe(0);
  });

  it('keeps a token in the key store alone', async () => {
    ray.trouble = ({ authorization }) => (authorization === `Bearer ${secret}` ? undefined : { status: 401 });
    const picked = await pick(cluster, { type: ray.address }, { type: secret });
    expect([...secrets.all]).toEqual([[`lift.remote.ray.token ${ray.address}`, secret]]);
    expect(await keys.environmentFor(picked!.backend)).toEqual({ LIFT_RAY_TOKEN: secret });
    expect(JSON.stringify(picked) + everythingKept() + texts().join()).not.toContain(secret);
  });

  it.each([
    ['the address', ['escape']],
    ['the token', ['here', 'escape']],
  ] as const)('ends with nothing remembered: %s', async (_, deeds) => {
    ray.trouble = () => ({ status: 401 });
    const told = deeds.map((deed): Deed => (deed === 'here' ? { type: ray.address } : deed));
    expect(await pick(cluster, ...told)).toBeUndefined();
    expect([userSettings.size, secrets.all.size]).toEqual([0, 0]);
  });
});
