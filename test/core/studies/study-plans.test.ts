import { describe, expect, it } from 'vitest';
import { labelNoise } from '../../../src/core/studies/kinds/label-noise';
import { sampleComplexity } from '../../../src/core/studies/kinds/sample-complexity';
import type { PartedRow } from '../../../src/core/studies/parted-rows';
import type { StudyKind, StudyRun } from '../../../src/core/studies/study';
import { idForSeed } from '../../../src/core/studies/study';
import { studyKind, studyKinds } from '../../../src/core/studies/study-kinds';
import { temporaryFolder } from '../../helpers/bundle';
import { inputFor, studyInput } from './study-input';

const flowers = studyInput('kind');

async function runsOf(kind: StudyKind, input = flowers): Promise<StudyRun[]> {
  const runs = await kind.plan(input);
  expect(new Set(runs.map(({ id }) => id)).size).toBe(runs.length);
  for (const { id } of runs) expect(id).toMatch(/^[\w.-]+$/);
  return runs;
}

function partOf(run: StudyRun, part: PartedRow['part']): PartedRow[] {
  return run.rows().filter((row) => row.part === part);
}

const labels = (rows: readonly PartedRow[]): (string | null)[] => rows.map(({ cells }) => cells[3]!);

describe('a study', () => {
  it('is found by its name, or the nearest one is named', () => {
    expect(studyKind('label-noise').name).toBe('label-noise');
    expect(() => studyKind('labelnoise')).toThrow('There is no study "labelnoise".');
  });

  it('is planned alike each time', async () => {
    for (const kind of [sampleComplexity, labelNoise]) {
      const [once, again] = [await runsOf(kind), await runsOf(kind)];
      expect(again.map((run) => [run.id, run.rows()])).toEqual(once.map((run) => [run.id, run.rows()]));
    }
  });

  it('has the same runs for every seed, whatever the others', async () => {
    const folder = await temporaryFolder();
    for (const kind of studyKinds) {
      const input = { ...inputFor(kind), folder };
      const planned = (...seeds: number[]): Promise<StudyRun[]> => runsOf(kind, { ...input, seeds });
      const [first, second, both] = [await planned(0), await planned(1), await planned(1, 0)];
      const ids = first.map(({ id }) => id);
      expect(second.map((run) => idForSeed(run, 0))).toEqual(ids);
      expect(both.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
      expect(both).toHaveLength(2 * ids.length);
    }
  });
});

describe('the study of sample complexity', () => {
  it('trains on a few rows of every class up to all of them, and always tests on the same', async () => {
    const runs = (await runsOf(sampleComplexity)).filter(({ seed }) => seed === 0);
    expect(runs.map(({ x }) => x)).toEqual([10, 20, 58]);
    const tests = runs.map((run) => partOf(run, 'test'));
    for (const [index, run] of runs.entries()) {
      const train = partOf(run, 'train');
      expect(train).toHaveLength(run.x as number);
      expect(new Set(labels(train)).size).toBe(3);
      expect(partOf(run, 'validation').length).toBeGreaterThanOrEqual(2);
      expect(tests[index]).toEqual(tests[0]);
    }
    // A larger part holds the smaller one, so that the curve shows rows added.
    expect(partOf(runs[1]!, 'train')).toEqual(expect.arrayContaining(partOf(runs[0]!, 'train')));
  });
});

describe('the study of label noise', () => {
  it('makes a share of the learnt labels wrong and leaves those of the test alone', async () => {
    const runs = (await runsOf(labelNoise)).filter(({ seed }) => seed === 1);
    const clean = runs.find(({ x }) => x === 0)!;
    for (const run of runs) {
      expect(labels(partOf(run, 'test'))).toEqual(labels(partOf(clean, 'test')));
      const truth = [...labels(partOf(clean, 'train')), ...labels(partOf(clean, 'validation'))];
      const noisy = [...labels(partOf(run, 'train')), ...labels(partOf(run, 'validation'))];
      const wrong = noisy.filter((label, row) => label !== truth[row]).length / noisy.length;
      expect(Math.abs(wrong - Number(run.x))).toBeLessThan(0.1);
    }
  });

  it('always takes the next class when it is systematic', async () => {
    const runs = await runsOf(labelNoise);
    const clean = labels(
      partOf(
        runs.find(({ x, seed }) => x === 0 && seed === 0)!,
        'train',
      ),
    );
    const noisy = labels(
      partOf(
        runs.find(({ id }) => id === 'systematic-0.2-seed-0')!,
        'train',
      ),
    );
    const next: Record<string, string> = { iris: 'lily', lily: 'rose', rose: 'iris' };
    const changed = noisy.flatMap((label, row) => (label === clean[row] ? [] : [[clean[row]!, label!] as const]));
    expect(changed.length).toBeGreaterThan(3);
    for (const [was, is] of changed) expect(is).toBe(next[was]);
  });
});
