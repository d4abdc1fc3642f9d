import { describe, expect, it } from 'vitest';
import { englishReport } from '../../../src/core/report/report-language';
import { Random } from '../../../src/core/foundation/random';
import { SmallNetwork } from '../../../src/core/studies/adversary/small-network';
import { adversarial } from '../../../src/core/studies/kinds/adversarial';
import type { PartedRow } from '../../../src/core/studies/parted-rows';
import { studyInput } from './study-input';

const testRows = (rows: readonly PartedRow[]): PartedRow[] => rows.filter(({ part }) => part === 'test');

describe('the small network', () => {
  it.each([
    ['classes', true],
    ['a number', false],
  ])('knows how its loss changes with its inputs, for %s', (_, isClassifier) => {
    const random = new Random(3);
    const network = new SmallNetwork(3, 2, isClassifier, random);
    const row = Float64Array.of(0.3, -1.2, 0.7);
    const target = Float64Array.of(1, 0);
    const loss = (inputs: Float64Array): number => {
      const said = network.predict(inputs);
      if (isClassifier) return -Math.log(said[0]!);
      return said.reduce((sum, value, output) => sum + (value - target[output]!) ** 2 / 2, 0);
    };
    const slopes = network.slopes(row, target);
    row.forEach((value, input) => {
      const change = 1e-5;
      const slope = (loss(row.with(input, value + change)) - loss(row.with(input, value - change))) / (2 * change);
      expect(slopes[input]).toBeCloseTo(slope, 5);
    });
  });

  it('learns what no straight line can tell', async () => {
    const random = new Random(1);
    const rows = Array.from({ length: 200 }, () => Float64Array.of(random.normal(), random.normal()));
    const targets = rows.map(([x, y]) => (x! * y! > 0 ? Float64Array.of(1, 0) : Float64Array.of(0, 1)));
    const network = new SmallNetwork(2, 2, true, random);
    await network.train(rows, targets, 300, random, () => Promise.resolve());
    const right = rows.filter((row, index) => network.predict(row)[0]! > 0.5 === (targets[index]![0] === 1));
    expect(right.length).toBeGreaterThan(185);
  });
});

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
