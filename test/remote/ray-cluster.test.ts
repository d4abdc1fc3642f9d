import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf } from '../helpers/cli-process';
import { everyRayTest, rayPython } from './ray-head';
import { iris, losses, patience, RayRuns, small, succeeded } from './ray-runs';

describe.skipIf(!everyRayTest)('a Ray cluster (skipped unless LIFT_RAY=1 asks for it: it takes many minutes)', () => {
  let runs: RayRuns;

  beforeAll(async () => {
    runs = await RayRuns.start(rayPython!);
  }, patience);

  afterAll(() => {
    runs.close();
  });

  it(
    'takes the same steps with two workers as with one',
    async () => {
      const one = losses(await succeeded(runs.lift(...iris, ...runs.onRay(), '--out', 'one')));
      const two = await succeeded(runs.lift(...iris, ...runs.onRay(), '--workers', '2', '--out', 'two'));
      expect(losses(two)).toHaveLength(one.length);
      losses(two).forEach((loss, index) => {
        expect(one[index]).toBeCloseTo(loss, 3);
      });
    },
    patience,
  );

  it(
    'decodes numbers as the local engine does, also those of a table that is sent by itself',
    async () => {
      const mpg = [
        'auto_mpg.csv',
        '--target',
        'miles_per_gallon',
        '--set',
        'target.format={"fixed":1}',
        '--set',
        'examples.rows=0',
      ];
      const sized = ['--set', 'training.maxRows=40', '--threads', '1', '--out', 'mpg'];
      await succeeded(runs.lift('fine-tune', ...mpg, ...small, ...sized));
      await succeeded(runs.lift('predict', 'mpg', 'auto_mpg.csv', ...runs.onRay(), '--out', 'there.csv'));
      const columns = /^(lower|upper|prediction)$/;
      expect(await runs.largestDifference('mpg/predictions.csv', 'there.csv', columns, Number)).toBeLessThan(0.02);
    },
    patience,
  );

  it(
    'says in words that a job cannot be done, and the run goes on when it is asked for less',
    async () => {
      const result = await runs.lift(...iris, ...runs.onRay(), '--workers', '9', '--out', 'nine').ended;
      expect(eventsOf(result).at(-1)).toMatchObject({ event: 'error', code: 'usage' });
      expect(await runs.stateOf('nine')).toBe('failed');
      await succeeded(runs.lift('fine-tune', '--resume', 'nine', ...runs.onRay(), '--workers', '1', '--no-baselines'));
      expect(await runs.stateOf('nine')).toBe('done');
    },
    patience,
  );
});
