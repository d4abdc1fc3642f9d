import { describe, expect, it } from 'vitest';
import { english } from '../../../src/core/foundation/phrase';
import type { Phrase } from '../../../src/core/foundation/phrase';
import { augmentation } from '../../../src/core/studies/kinds/augmentation';
import { classScaling } from '../../../src/core/studies/kinds/class-scaling';
import { columnScaling } from '../../../src/core/studies/kinds/column-scaling';
import { featureNoise } from '../../../src/core/studies/kinds/feature-noise';
import { imbalance } from '../../../src/core/studies/kinds/imbalance';
import { interpolation } from '../../../src/core/studies/kinds/interpolation';
import { namesByRows } from '../../../src/core/studies/kinds/names-by-rows';
import { englishReport } from '../../../src/core/report/report-language';
import type { PartedRow } from '../../../src/core/studies/parted-rows';
import type { StudyInput, StudyKind, StudyRun } from '../../../src/core/studies/study';
import { temporaryFolder } from '../../helpers/bundle';
import { doneRun } from './done-run';
import { studyInput } from './study-input';

const flowers = studyInput('kind');
const prices = studyInput('price');

async function runsOf(kind: StudyKind, input: StudyInput): Promise<StudyRun[]> {
  return (await kind.plan(input)).filter(({ seed }) => seed === 0);
}

const partOf = (run: StudyRun, part: PartedRow['part']): PartedRow[] => run.rows().filter((row) => row.part === part);
const numbers = (rows: readonly PartedRow[], index: number): number[] => rows.map(({ cells }) => Number(cells[index]));
const labels = (rows: readonly PartedRow[]): string[] => rows.map(({ cells }) => cells[3]!);
const find = (runs: readonly StudyRun[], start: string): StudyRun => runs.find(({ id }) => id.startsWith(start))!;

describe('the study of more and more classes', () => {
  it('keeps the rows of some, of more those of fewer and others, alike in all parts', async () => {
    const [two, all] = await runsOf(classScaling, flowers);
    expect([two!.x, all!.x]).toEqual([2, 3]);
    const kept = new Set(labels(two!.rows()));
    expect(kept.size).toBe(2);
    for (const part of ['train', 'validation', 'test'] as const) {
      const expected = partOf(all!, part).filter(({ cells }) => kept.has(cells[3]!));
      expect(partOf(two!, part)).toEqual(expected);
      expect(new Set(labels(partOf(all!, part))).size).toBe(3);
    }
  });
});

describe('the study of more and more columns', () => {
  it('tells fewer of them, and changes no row', async () => {
    const [one, all] = await runsOf(columnScaling, flowers);
    expect([one!.x, all!.x]).toEqual([1, 2]);
    expect(one!.set).toHaveLength(1);
    expect(['features.length.include=false', 'features.width.include=false']).toContain(one!.set![0]);
    expect(all!.set).toEqual([]);
    expect(one!.rows()).toEqual(all!.rows());
  });
});

describe('the study of rare classes', () => {
  it('thins out all classes but one where rows are learnt, and no test row', async () => {
    const runs = await runsOf(imbalance, flowers);
    const [whole, rarest] = [find(runs, 'share-1-'), find(runs, 'share-0.05-')];
    expect(partOf(rarest, 'test')).toEqual(partOf(whole, 'test'));
    const sizes = (run: StudyRun): number[] =>
      ['iris', 'lily', 'rose'].map((kind) => labels(partOf(run, 'train')).filter((label) => label === kind).length);
    const [before, after] = [sizes(whole), sizes(rarest)];
    const frequent = before.indexOf(Math.max(...before));
    after.forEach((size, kind) => {
      expect(size).toBe(kind === frequent ? before[kind] : Math.max(1, Math.round(0.05 * before[kind]!)));
    });
    expect(partOf(rarest, 'validation').length).toBeLessThan(partOf(whole, 'validation').length);
    // A smaller share is a part of the larger one.
    const half = new Set(partOf(find(runs, 'share-0.5-'), 'train').map(({ cells }) => cells.join()));
    for (const { cells } of partOf(rarest, 'train')) expect(half).toContain(cells.join());
  });
});

describe('the study of noisy copies', () => {
  it('learns a copy of each training row, and asks about the rows of the study of noise', async () => {
    const runs = await runsOf(augmentation, flowers);
    const noisy = (await runsOf(featureNoise, flowers)).find(({ x }) => x === 0.5)!;
    const [plain, some, much] = ['plain-0.5-', 'some-0.5-', 'much-0.5-'].map((start) => find(runs, start));
    for (const run of [plain!, some!, much!]) expect(partOf(run, 'test')).toEqual(partOf(noisy, 'test'));
    expect(partOf(plain!, 'train')).toEqual(partOf(noisy, 'train'));
    expect([plain!.baselines, some!.baselines]).toEqual([true, false]);
    const far = (run: StudyRun): number => {
      const [originals, train] = [partOf(plain!, 'train'), partOf(run, 'train')];
      expect(train).toHaveLength(2 * originals.length);
      expect(train.slice(originals.length)).toEqual(originals);
      const [before, after] = [numbers(originals, 0), numbers(train.slice(0, originals.length), 0)];
      return after.reduce((sum, value, row) => sum + Math.abs(value - before[row]!), 0);
    };
    expect(far(some!)).toBeGreaterThan(0);
    expect(far(much!)).toBeGreaterThan(1.5 * far(some!));
    expect(partOf(some!, 'validation')).toEqual(partOf(plain!, 'validation'));
  });
});

describe('the study of names and rows', () => {
  it('trains both prompts on the very same growing shares', async () => {
    const runs = await runsOf(namesByRows, flowers);
    for (const share of [0.2, 0.4, 0.6, 0.8, 1]) {
      const [plain, named] = [find(runs, `plain-${share}-`), find(runs, `named-${share}-`)];
      expect(plain.rows()).toEqual(named.rows());
      expect(partOf(plain, 'train')).toHaveLength(Math.round(share * 58));
      expect(plain.set).toContain('template.name=paper');
      expect(named.set).toContain('template.name=paper-names');
    }
  });
});

describe('the study of gaps', () => {
  it('leaves out what is learnt in a third, and no test row', async () => {
    const runs = await runsOf(interpolation, prices);
    const [whole, middle, ends] = ['none', 'middle', 'ends'].map((start) => find(runs, start));
    const learnt = (run: StudyRun): number[] => numbers(partOf(run, 'train'), 0);
    const sorted = learnt(whole!).sort((a, b) => a - b);
    const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]!;
    for (const run of [middle!, ends!]) {
      expect(partOf(run, 'test')).toEqual(partOf(whole!, 'test'));
      expect(learnt(run).length / sorted.length).toBeCloseTo(2 / 3, 1);
    }
    for (const x of [...learnt(middle!), ...numbers(partOf(middle!, 'validation'), 0)])
      expect(x <= at(0.36) || x >= at(0.64)).toBe(true);
    for (const x of learnt(ends!)) expect(x >= at(0.14) && x <= at(0.86)).toBe(true);
  });

  it('tells the errors in a gap from those elsewhere', async () => {
    const folder = await temporaryFolder();
    const input = { ...prices, seeds: [0] };
    const runs = await runsOf(interpolation, input);
    // Off by 1 everywhere after all rows; after those without the middle by 5 where it is.
    const results = await Promise.all(
      runs.map((run) =>
        doneRun(folder, input, run, (cells) => {
          const isMiddle = Number(cells[0]) > 10.5 && Number(cells[0]) < 18;
          return Number(cells[2]) + (run.id.startsWith('middle') && isMiddle ? 5 : 1);
        }),
      ),
    );
    const [section] = await interpolation.sections!(results, input, englishReport);
    const row = new RegExp(`<th scope="row">${english(runs[1]!.x as Phrase)}</th>((?:<td>[^<]*</td>)+)`);
    const figures = [...row.exec(section!.html)![1]!.matchAll(/<td>([^<]*)<\/td>/gu)].map(([, text]) => Number(text));
    expect([figures[0], figures[1]]).toEqual([1, 1]);
    expect(figures[2]).toBeGreaterThan(3);
    expect(figures[3]).toBeLessThan(2);
  });
});
