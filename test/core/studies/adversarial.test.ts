import { describe, expect, it } from 'vitest';
import { englishReport } from '../../../src/core/report/report-language';
import { adversarial } from '../../../src/core/studies/kinds/adversarial';
import type { PartedRow } from '../../../src/core/studies/parted-rows';
import { studyInput } from './study-input';

const testRows = (rows: readonly PartedRow[]): PartedRow[] => rows.filter(({ part }) => part === 'test');

describe('the study of adversarial rows', () => {
  it.each(['kind', 'price'] as const)('moves the numbers of test rows within the bound (%s)', async (target) => {
    const input = studyInput(target);
    const runs = (await adversarial.plan(input)).filter(({ seed }) => seed === 0);
    expect(runs.map(({ id }) => id)).toEqual([
      'attacked-0-seed-0',
      'attacked-0.05-seed-0',
      'attacked-0.1-seed-0',
      'attacked-0.25-seed-0',
      'attacked-0.5-seed-0',
      'random-0.05-seed-0',
      'random-0.1-seed-0',
      'random-0.25-seed-0',
      'random-0.5-seed-0',
    ]);
    const clean = runs[0]!.rows();
    const train = clean.filter(({ part }) => part === 'train').map(({ cells }) => Number(cells[0]));
    const mean = train.reduce((sum, value) => sum + value / train.length, 0);
    const deviation = Math.sqrt(train.reduce((sum, value) => sum + (value - mean) ** 2 / train.length, 0));
    for (const run of runs) {
      const rows = run.rows();
      expect(rows.filter(({ part }) => part !== 'test')).toEqual(clean.filter(({ part }) => part !== 'test'));
      const moved = testRows(rows).map(({ cells }, row) => Number(cells[0]) - Number(testRows(clean)[row]!.cells[0]));
      expect(Math.max(...moved.map(Math.abs))).toBeLessThanOrEqual(Number(run.x) * deviation + 1e-9);
      if (run.x === 0.25) expect(moved.filter((by) => by !== 0).length).toBeGreaterThan(moved.length / 2);
    }
  });

  it('misleads the network more than moves at random do, and says so in the report', async () => {
    const [section] = await adversarial.sections!([], { ...studyInput('kind'), seeds: [0] }, englishReport);
    const scores = (reach: string): number[] =>
      new RegExp(`<th scope="row">${reach}</th><td>([\\d.]+)</td><td>([\\d.]+)</td>`)
        .exec(section!.html)!
        .slice(1)
        .map(Number);
    expect(scores('0')[0]).toBeGreaterThan(0.9);
    expect(scores('0.5')[0]).toBeLessThan(scores('0.5')[1]! - 0.1);
  });
});
