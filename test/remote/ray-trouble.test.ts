import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf } from '../helpers/cli-process';
import type { JsonEvent } from '../helpers/cli-process';
import { CutWire } from '../helpers/cut-wire';
import { everyRayTest, rayPython } from './ray-head';
import { iris, losses, patience, RayRuns, succeeded } from './ray-runs';

const isTraining = ({ event, stage }: JsonEvent): boolean => event === 'progress' && stage === 'training';
const says = (text: string) => (event: JsonEvent) => event.event === 'notice' && String(event.message).includes(text);

describe.skipIf(!everyRayTest)('trouble with a Ray cluster (skipped unless LIFT_RAY=1 asks for it)', () => {
  let runs: RayRuns;

  beforeAll(async () => {
    runs = await RayRuns.start(rayPython!);
  }, patience);

  afterAll(() => {
    runs.close();
  });

  it(
    'ends as a full disk where the cluster keeps checkpoints, and the run goes on when there is space again',
    async ({ skip }) => {
      const disk = mkdtempSync(join(tmpdir(), 'lr-disk-'));
      try {
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'ignore' });
      } catch {
        skip('No small disk can be mounted here: that takes root on Linux.');
      }
      try {
        // What is free is less than a checkpoint.
        writeFileSync(join(disk, 'filler'), Buffer.alloc(48 * 1024));
        const full = await runs.lift(...iris, ...runs.onRay(), '--storage', disk, '--out', 'full').ended;
        expect(eventsOf(full).at(-1)).toMatchObject({ event: 'error', code: 'disk-full' });
        expect(await runs.stateOf('full')).toBe('stopped');
        execFileSync('mount', ['-o', 'remount,size=64m', disk]);
        const resumed = await succeeded(runs.lift('fine-tune', '--resume', 'full', '--no-baselines'));
        expect(losses(resumed).length).toBeGreaterThan(0);
        expect(await runs.stateOf('full')).toBe('done');
      } finally {
        execFileSync('umount', [disk]);
        rmSync(disk, { recursive: true });
      }
    },
    patience,
  );

  it(
    'is not noticed by a job when the connection is cut for a while, and nothing is missing in the end',
    async () => {
      const wire = await CutWire.to(runs.head.address);
      try {
        let cuts = 0;
        const run = runs.lift(...iris, ...runs.onRay(wire.address), '--out', 'cut').onEvent((event) => {
          if (isTraining(event) && cuts++ === 0) wire.cut();
          if (says('connection is lost')(event)) wire.mend();
        });
        const result = await succeeded(run);
        expect(eventsOf(result).some(says('connection is back'))).toBe(true);
        expect(losses(result)).toHaveLength(4);
      } finally {
        await wire.close();
      }
    },
    patience,
  );

  it(
    'fails in a clear state when the head is killed, and the run is resumed on the next one',
    async () => {
      const killed = runs.lift(...iris, ...runs.onRay(), '--out', 'killed').onEvent((event) => {
        if (isTraining(event)) runs.head.kill();
      });
      const pending = killed.ended;
      await new Promise<void>((resolve) => {
        killed.onEvent((event) => {
          if (says('connection is lost')(event)) resolve();
        });
      });
      runs.head.start();
      expect(eventsOf(await pending).at(-1)).toMatchObject({ event: 'error', code: 'engine-died' });
      expect(await runs.stateOf('killed')).toBe('failed');
      const resumed = await succeeded(runs.lift('fine-tune', '--resume', 'killed', '--no-baselines'));
      expect(losses(resumed)).toHaveLength(4);
    },
    patience,
  );
});
