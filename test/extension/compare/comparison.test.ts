import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeRunState } from '../../../src/core/run/folder/run-state';
import { compareRuns } from '../../../src/extension/compare/comparison';
import { readRunSummary } from '../../../src/extension/runs/run-summary';
import type { RunSummary } from '../../../src/extension/runs/run-summary';
import { temporaryFolder } from '../../helpers/bundle';
import { pretendClasses, pretendNumbers, writeSampleRun } from '../predictions/sample-run';
import type { Pretend } from '../predictions/sample-run';

const iris = join('media', 'samples', 'iris.csv');
const cars = join('media', 'samples', 'auto_mpg.csv');

/** A run whose answers are made up, on a copy of a sample table. */
async function run(csv: string, target: string, pretend: Pretend): Promise<RunSummary> {
  const { folder } = await writeSampleRun(await temporaryFolder(), csv, target, pretend);
  return readRunSummary(folder.path);
}

/** Always right. */
const pretendKnowing: Pretend = (truth, _place, classes) => ({
  prediction: truth,
  confidence: 0.9,
  probabilities: classes.map((label) => (label === truth ? 0.9 : 0.05)),
});

/** Wrong where `isWrong`, by the class that follows the right one. */
const pretendWrong =
  (isWrong: (place: number) => boolean): Pretend =>
  (truth, place, classes) => {
    const step = isWrong(place) ? 1 : 0;
    return { prediction: classes[(classes.indexOf(truth) + step) % classes.length]!, confidence: 0.7 };
  };

describe('the comparison of two runs', () => {
  it('finds the rows that were fixed and says when that is more than noise', async () => {
    const [left, right] = [
      await run(
        iris,
        'species',
        pretendWrong((place) => place % 2 === 0),
      ),
      await run(iris, 'species', pretendKnowing),
    ];
    const { view, changes } = await compareRuns(left, right);
    expect(view.commonRows).toBe(30);
    expect(view.changes).toEqual({ better: changes.length, worse: 0, other: 0 });
    expect(changes.length).toBeGreaterThan(8);
    expect(view.verdict).toMatch(/^The right run is better, and by more than noise: of 30 rows/);
    expect(view.notices).toEqual([]);
    expect(view.measures[0]).toMatchObject({ key: 'accuracy', right: 1, better: 'right' });
    const [first] = changes;
    const line = (await readFile(left.state.dataset.path, 'utf8')).split('\n')[first!.line - 1]!;
    expect(line.endsWith(`,${first!.truth}`)).toBe(true);
    expect(first).toMatchObject({ kind: 'better', right: { text: first!.truth, confidence: 0.9 } });
  });

  it('calls a small difference noise, and tells broken from still wrong', async () => {
    const [left, right] = [
      await run(iris, 'species', pretendClasses),
      await run(iris, 'species', (truth, place, classes) => {
        const step = place % 9 === 4 ? 2 : place % 9 === 5 && place < 12 ? 1 : 0;
        return { prediction: classes[(classes.indexOf(truth) + step) % classes.length]!, confidence: 0.7 };
      }),
    ];
    const { view, changes } = await compareRuns(left, right);
    expect(view.verdict).toMatch(/^The difference may be noise|^Both have the same rows right/);
    expect(view.changes.better).toBe(0);
    expect(view.changes.other).toBeGreaterThan(0);
    expect(changes.filter(({ kind }) => kind === 'other').every(({ truth, right: { text } }) => truth !== text)).toBe(
      true,
    );
  });

  it('puts the numbers with the largest change first', async () => {
    const [left, right] = [
      await run(cars, 'miles_per_gallon', pretendNumbers),
      await run(cars, 'miles_per_gallon', (truth) => ({
        prediction: truth,
        lower: Number(truth) - 1,
        upper: Number(truth) + 1,
      })),
    ];
    const { view, changes } = await compareRuns(left, right);
    expect(view.verdict).toContain('The right run has the smaller errors');
    expect(changes.every(({ kind }) => kind === 'better')).toBe(true);
    const gains = changes.map(({ truth, left: { text } }) => Math.abs(Number(text) - Number(truth)));
    expect(gains).toEqual([...gains].sort((a, b) => b - a));
    expect(view.measures.map(({ key }) => key)).toEqual(['rmse', 'mae', 'r2']);
  });

  it('compares no rows of different tables, and says so', async () => {
    const left = await run(iris, 'species', pretendKnowing);
    const right = await run(iris, 'species', pretendKnowing);
    const dataset = { ...right.state.dataset, sha256: 'another' };
    await writeRunState(right.folder, { ...right.state, dataset });
    const { view, changes } = await compareRuns(left, await readRunSummary(right.folder.path));
    expect(view.notices).toHaveLength(1);
    expect(view.verdict).toBe('');
    expect(view.commonRows).toBe(0);
    expect(changes).toEqual([]);
  });

  it('names what differs in the recipes', async () => {
    const left = await run(iris, 'species', pretendKnowing);
    const right = await run(iris, 'species', pretendKnowing);
    const recipe = JSON.parse(await readFile(right.folder.recipe, 'utf8')) as { training?: object };
    await writeFile(right.folder.recipe, JSON.stringify({ ...recipe, training: { ...recipe.training, epochs: 9 } }));
    const { view } = await compareRuns(left, right);
    expect(view.recipe).toContainEqual({ path: 'training.epochs', left: '4', right: '9' });
  });

  it('says that a run without predictions cannot be compared', async () => {
    const run1 = await run(iris, 'species', pretendKnowing);
    const missing = { ...run1, folder: { ...run1.folder, predictions: join(run1.folder.path, 'none.csv') } };
    await expect(compareRuns(run1, missing)).rejects.toMatchObject({ name: 'LiftError', code: 'run-invalid' });
  });
});
