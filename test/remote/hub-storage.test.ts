import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HfJobsService } from '../../src/core/backends/hugging-face/service';
import { JobLog } from '../../src/core/backends/jobs/log';
import { FakeHfJobs } from '../core/backends/hugging-face/fake-hf-jobs';
import { temporaryFolder } from '../helpers/bundle';
import { rayPython } from './ray-head';

const token = 'hf_0123456789secret';
const repository = 'hf://datasets/me/lift-jobs';

describe.skipIf(rayPython === undefined)(
  'results on the hub (skipped where LIFT_RAY_PYTHON names no interpreter)',
  () => {
    const contents = new Map([
      ['answers', randomBytes(3000)],
      ['weights.safetensors', randomBytes(200_000)],
    ]);
    let hub: FakeHfJobs;
    let said: string;
    let refused = 0;

    beforeAll(async () => {
      const folder = await temporaryFolder();
      hub = await FakeHfJobs.start();
      hub.token = token;
      // The hub has much to do at first.
      hub.trouble = ({ path }) => {
        if (!path.includes('/commit/') || refused++ > 1) return undefined;
        return { status: refused === 1 ? 429 : 503, headers: { 'retry-after': '0' } };
      };
      const spec = { version: 1, key: 'lift-1', storage: repository, results: 'storage', training: null };
      await writeFile(join(folder, 'job.json'), JSON.stringify(spec));
      const args = [join(import.meta.dirname, 'send_results.py'), folder];
      for (const [name, content] of contents) {
        await writeFile(join(folder, name), content);
        args.push(name, join(folder, name));
      }
      const environment = {
        HF_ENDPOINT: hub.endpoint,
        HF_TOKEN: token,
        HF_HOME: folder,
        HF_HUB_DISABLE_TELEMETRY: '1',
        // Of the two protocols for large files the hub of these tests speaks Git LFS.
        HF_HUB_DISABLE_XET: '1',
      };
      const { stdout } = await promisify(execFile)(rayPython!, args, { env: { ...process.env, ...environment } });
      said = stdout;
    }, 300_000);
    afterAll(() => hub.close());

    it('are commits of the repository, and the log says where they are', () => {
      expect(new JobLog().take(said)).toEqual(
        [...contents.keys()].map((name) => ({ event: 'stored', name, place: `${repository}/lift-1/${name}` })),
      );
      expect(hub.count('POST', /^\/api\/datasets\/me\/lift-jobs\/commit\/main/)).toBe(4);
      expect(said).not.toContain(token);
    });

    it('come home as they were sent', async () => {
      const service = new HfJobsService({ kind: 'hf-jobs' }, { endpoint: hub.endpoint, token });
      for (const [name, content] of contents) {
        expect(Buffer.from(await service.fetch(`${repository}/lift-1/${name}`)).equals(content)).toBe(true);
      }
    });
  },
);
