import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { getPriority } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LiftError } from '../../src/core/foundation/lift-error';
import { EngineClient } from '../../src/engine/engine-client';
import { bundleProgram, temporaryFolder } from '../helpers/bundle';
import { processExists } from '../helpers/processes';

let enginePath: string;
let client: EngineClient;

beforeAll(async () => {
  enginePath = await bundleProgram('test/engine/fixtures/fake-engine.ts', join(await temporaryFolder(), 'engine.js'));
});

afterEach(async () => {
  await client.close();
});

const fineTune = { runsFolder: '/runs', set: [], baselines: false };
const predict = { run: '/run', dataset: '/rows.csv' };

async function errorOf(promise: Promise<unknown>): Promise<LiftError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(LiftError);
  return error as LiftError;
}

describe('the engine process', () => {
  it('steps back behind other programs when it is asked to', async () => {
    client = await EngineClient.start({ enginePath, lowPriority: true });
    expect(getPriority(client.pid)).toBeGreaterThan(getPriority());
  });

  it('ends with the process that it was told to, detached as it is', async () => {
    const keeper = spawn(process.execPath, ['--eval', 'setInterval(() => undefined, 1000)']);
    const environment = { LIFT_ENDS_WITH: String(keeper.pid) };
    client = await EngineClient.start({ enginePath, detached: true, environment });
    const pid = client.pid!;
    expect(processExists(pid)).toBe(true);
    keeper.kill();
    await once(keeper, 'exit');
    await expect.poll(() => processExists(pid), { timeout: 30_000 }).toBe(false);
  });

  it('serves on after a request was cancelled', async () => {
    client = await EngineClient.start({ enginePath });
    const { pid } = client;
    const error = await errorOf(
      client.fineTune(fineTune, { signal: AbortSignal.timeout(50), onEvent: () => undefined }),
    );
    expect(error.code).toBe('cancelled');
    expect((await errorOf(client.evaluate(predict))).code).toBe('target-invalid');
    expect(client.pid).toBe(pid);
  });

  it('is killed when a cancelled request does not return from a native call', async () => {
    client = await EngineClient.start({ enginePath, cancelGraceMs: 100, killAfterMs: 200 });
    const controller = new AbortController();
    const request = client.predict(predict, {
      signal: controller.signal,
      onEvent: () => {
        controller.abort();
      },
    });
    // The block begins 20 ms after the event: the cancel message may arrive before it, and is not heard after.
    expect((await errorOf(request)).code).toBe('cancelled');
    await expect.poll(() => processExists(client.pid!)).toBe(false);
  });

  it('rejects at once a request whose signal has already fired', async () => {
    client = await EngineClient.start({ enginePath });
    expect((await errorOf(client.evaluate(predict, { signal: AbortSignal.abort() }))).code).toBe('cancelled');
  });

  it('carries typed errors over the boundary', async () => {
    client = await EngineClient.start({ enginePath });
    const error = await errorOf(client.evaluate(predict));
    expect(error).toMatchObject({
      code: 'target-invalid',
      message: 'There is one class only.',
      hint: 'Choose another target.',
    });
  });

  it('turns an unforeseen error into an internal one without its stack', async () => {
    client = await EngineClient.start({ enginePath });
    const error = await errorOf(client.baselines({ dataset: '/rows.csv', target: 'y' }));
    expect(error).toMatchObject({ code: 'internal', message: 'x is not a function' });
  });

  it('rejects a result that breaks the contract', async () => {
    client = await EngineClient.start({ enginePath });
    const error = await errorOf(client.export({ run: '/run', format: 'peft', out: '/out' }));
    expect(error.code).toBe('internal');
    expect(error.message).toContain('contract');
  });
});

describe('a dead engine', () => {
  it('rejects what was pending with the run to resume, and everything after', async () => {
    client = await EngineClient.start({ enginePath });
    const request = client.fineTune(fineTune, {
      onEvent: (event) => {
        if (event.event === 'progress') process.kill(client.pid!, 'SIGKILL');
      },
    });
    const error = await errorOf(request);
    expect(error.code).toBe('engine-died');
    expect(error.message).toContain('SIGKILL');
    expect(error.hint).toContain('--resume "/runs"');
    expect((await errorOf(client.evaluate(predict))).code).toBe('engine-died');
  });

  it('is killed when it has been silent for too long', async () => {
    client = await EngineClient.start({ enginePath, silenceLimitMs: 200 });
    expect((await errorOf(client.predict(predict))).code).toBe('engine-died');
  });

  it('is reported when it does not even start', async () => {
    const missing = join(enginePath, '..', 'no-such-engine.js');
    expect((await errorOf(EngineClient.start({ enginePath: missing }))).code).toBe('engine-died');
  });
});
