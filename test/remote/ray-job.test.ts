import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf } from '../helpers/cli-process';
import type { CliResult } from '../helpers/cli-process';
import { rayPython } from './ray-head';
import { iris, losses, patience, RayRuns, succeeded } from './ray-runs';

describe.skipIf(rayPython === undefined)(
  'a job on a Ray cluster (skipped where its Python packages cannot be had)',
  () => {
    let runs: RayRuns;
    let result: CliResult;

    beforeAll(async () => {
      runs = await RayRuns.start(rayPython!);
      result = await succeeded(runs.lift(...iris, ...runs.onRay(), '--out', 'run'));
    }, patience);

    afterAll(() => {
      runs.close();
    });

    it('streams what happens as a local run does', () => {
      const stages = new Set(eventsOf(result).flatMap(({ event, stage }) => (event === 'progress' ? [stage] : [])));
      expect([...stages]).toEqual(
        expect.arrayContaining(['uploading', 'waiting', 'training', 'predicting', 'fetching']),
      );
      expect(losses(result)).toHaveLength(4);
    });

    it(
      'brings an adapter home with which the local engine gives the same predictions',
      async () => {
        await succeeded(runs.lift('predict', 'run', 'iris.csv', '--threads', '1', '--out', 'here.csv'));
        expect(await runs.largestDifference('run/predictions.csv', 'here.csv', /^p\(/, Math.log)).toBeLessThan(1e-3);
      },
      patience,
    );

    it(
      'takes the same steps as the local engine',
      async () => {
        const local = await succeeded(runs.lift(...iris, '--threads', '1', '--out', 'local'));
        const remote = losses(result);
        losses(local).forEach((loss, index) => {
          expect(remote[index]).toBeCloseTo(loss, 3);
        });
      },
      patience,
    );
  },
);
