import { existsSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ensureSpace } from '../../../src/core/model/hub/download-model';
import { tinyHub } from './tiny-hub';

const tiny = tinyHub();

describe('access', () => {
  it('sends the token to the hub, and not to where files are stored', async () => {
    tiny.hub.token = 'hf_secret';
    await tiny.get({ token: 'hf_secret' });
    const stored = tiny.hub.requests.filter(({ path }) => path.startsWith('/storage/'));
    expect(stored).toHaveLength(1);
    expect(stored[0]!.authorization).toBeUndefined();
    const others = tiny.hub.requests.filter(({ path }) => !path.startsWith('/storage/'));
    expect(new Set(others.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer hf_secret']));
  });

  it('explains what a gated model asks for', async () => {
    tiny.hub.token = 'hf_secret';
    await expect(tiny.get()).rejects.toMatchObject({
      code: 'unauthorized',
      message: expect.stringMatching(/gated model: its licence must be accepted and an access token given/) as string,
      hint: expect.stringContaining(`${tiny.hub.endpoint}/org/tiny`) as string,
    });
    const error = await tiny.get({ token: 'hf_other' }).catch((caught: unknown) => caught as Error);
    expect(error).toMatchObject({ code: 'unauthorized' });
    expect((error as Error).message).toContain('your access token may not read it');
    expect(JSON.stringify(error)).not.toContain('hf_other');
  });

  it('says that there is no such model, or that the token is refused', async () => {
    await expect(tiny.get({}, 'org/absent')).rejects.toMatchObject({
      code: 'model-not-found',
      message: expect.stringContaining('no public model org/absent') as string,
    });
    await expect(tiny.get({ token: 'hf_wrong' }, 'org/absent')).rejects.toMatchObject({ code: 'unauthorized' });
    tiny.hub.apiFaults.push({ kind: 'status', status: 404 });
    await expect(tiny.get()).rejects.toMatchObject({ code: 'model-not-found' });
  });
});

describe('without a network', () => {
  it('names each missing file and where to put it, and finds them there', async () => {
    const error = await tiny.get({ offline: true }).catch((caught: unknown) => caught);
    const folder = join(tiny.repository, 'snapshots', 'main');
    expect(error).toMatchObject({
      code: 'model-not-found',
      hint:
        `Download config.json, tokenizer.json, model.safetensors from ${tiny.hub.endpoint}/org/tiny/tree/main and put them ` +
        `into ${folder}, or name a folder that holds the model instead of org/tiny.`,
    });
    await mkdir(folder, { recursive: true });
    for (const [name, content] of tiny.hub.files) await writeFile(join(folder, name), content);
    expect((await tiny.get({ offline: true })).path).toBe(folder);
  });

  it('says so when the hub cannot be reached', async () => {
    const environment = { HF_ENDPOINT: 'http://127.0.0.1:9' };
    await expect(tiny.get({ environment })).rejects.toMatchObject({
      code: 'network',
      message: expect.stringMatching(/not on this computer.*The connection failed/s) as string,
      hint: expect.stringContaining('Download config.json, tokenizer.json, model.safetensors from') as string,
    });
  });

  it('uses another complete revision when the wanted one is not complete', async () => {
    const { path } = await tiny.get();
    await writeFile(join(tiny.repository, 'refs', 'main'), 'c'.repeat(40));
    expect((await tiny.get({ offline: true })).path).toBe(path);
    await expect(tiny.get({ offline: true, revision: 'v2' })).rejects.toMatchObject({ code: 'model-not-found' });
  });

  it('names what is missing when a download was interrupted', async () => {
    const onPlan = (): void => {
      for (let count = 0; count < 3; count++) tiny.hub.faults.push({ kind: 'status', status: 500 });
    };
    await expect(tiny.get({ onPlan })).rejects.toMatchObject({ code: 'network' });
    await expect(tiny.get({ offline: true })).rejects.toMatchObject({ code: 'model-not-found' });
  });
});

describe('the disk', () => {
  it('must have room for what is to be downloaded', () => {
    expect(() => {
      ensureSpace(269e6, 1e6, '/cache', tiny.id);
    }).toThrow('org/tiny needs 269 MB more on the disk of /cache, and 1 MB are free.');
  });

  it.skipIf(!existsSync('/dev/full'))('may be full all the same (skipped where there is no /dev/full)', async () => {
    await mkdir(join(tiny.repository, 'blobs'), { recursive: true });
    await symlink('/dev/full', `${tiny.blob}.incomplete`);
    await expect(tiny.get()).rejects.toMatchObject({
      code: 'disk-full',
      message: expect.stringContaining(`${tiny.blob}.incomplete`) as string,
    });
  });

  it('may not allow the cache folder', async () => {
    await writeFile(tiny.repository, 'a file');
    await expect(tiny.get()).rejects.toMatchObject({ code: 'file-not-found' });
  });
});
