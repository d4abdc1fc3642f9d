import { copyFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { inferRecipe } from '../../../src/core/recipe/infer/infer-recipe';
import { writeRecipe } from '../../../src/core/recipe/document/write-recipe';
import { writeExamples } from '../../../src/core/run/folder/examples-file';
import { fingerprint } from '../../../src/core/run/folder/fingerprint';
import { writeFitted } from '../../../src/core/run/folder/fitted-file';
import { metricsOf, numbersOf } from '../../../src/core/run/measure/metrics-of';
import { predictionsCsv } from '../../../src/core/run/folder/predictions-file';
import type { Prediction } from '../../../src/core/run/folder/predictions-file';
import { prepareTask } from '../../../src/core/run/task/prepare-task';
import type { PreparedTask } from '../../../src/core/run/task/prepare-task';
import { runFolderAt } from '../../../src/core/run/folder/run-folder';
import type { RunFolder } from '../../../src/core/run/folder/run-folder';
import { writeRunResult } from '../../../src/core/run/folder/run-result';
import { readRunState, writeRunState } from '../../../src/core/run/folder/run-state';
import { writeSplit } from '../../../src/core/run/folder/split-file';
import { readTable } from '../../../src/core/table/read-table';
import type { RunSource } from '../../../src/extension/predictions/run-source';

/** Answers of a pretended model about one row, given its truth and its place among the predicted rows. */
export type Pretend = (truth: string, place: number, classes: readonly string[]) => Partial<Prediction>;

/** Mostly right and mostly sure: wrong in every ninth row, unsure in every fifth. */
export const pretendClasses: Pretend = (truth, place, classes) => {
  const isWrong = place % 9 === 4;
  const right = classes.indexOf(truth);
  const predicted = isWrong ? (right + 1) % classes.length : right;
  const confidence = place % 5 === 2 ? 0.55 : 0.8 + (place % 17) / 100;
  const others = (1 - confidence) / (classes.length - 1);
  const probabilities = classes.map((_, index) => (index === predicted ? confidence : others));
  return { prediction: classes[predicted]!, confidence, probabilities };
};

/** A few units off, in an interval that misses every tenth truth; one answer that fell back. */
export const pretendNumbers: Pretend = (truth, place) => {
  const value = Number(truth) + 3 * Math.sin(place);
  const half = place % 10 === 3 ? 0.1 : 4 + (place % 4);
  return {
    prediction: String(Number(value.toFixed(3))),
    lower: value - half,
    upper: value + half,
    fallback: place === 7 ? 'training mean' : '',
  };
};

/** Writes a run folder as fine-tuning leaves it, but for the model; the answers are made up. */
export async function writeSampleRun(
  folder: string,
  csv: string,
  target: string,
  pretend: Pretend,
): Promise<RunSource> {
  const table = join(folder, basename(csv));
  await mkdir(folder, { recursive: true });
  await copyFile(csv, table);
  const read = await readTable(table);
  const { recipe } = inferRecipe(read, { target, path: table });
  const task = await prepareTask(read, recipe, { emit: () => undefined });
  const run = runFolderAt(join(folder, '.lift', 'runs', 'sample'));
  await mkdir(run.path, { recursive: true });
  await writeFile(run.recipe, writeRecipe(recipe));
  await writeSplit(run, task);
  await writeExamples(run.examples, task.examples);
  await writeFitted(run, {
    prompt: task.fit,
    columns: read.columns.map(({ name }) => name),
    calibration: { temperature: 1, modelShare: 1, setThreshold: null, margin: null },
    target: { form: { negative: false, integerDigits: 3, decimals: 0, fixedDecimals: true }, mean: 0 },
    answerTokens: 8,
  });
  await writeAnswers(run, task, pretend);
  const { bytes, sha256 } = await fingerprint(table);
  await writeRunState(run, {
    version: 1,
    name: 'sample',
    state: 'done',
    createdAt: new Date((await stat(table)).mtimeMs + 1000).toISOString(),
    updatedAt: '',
    versions: { lift: '0.1.0', node: process.version },
    task: recipe.task,
    target,
    model: { id: 'embedded', path: join(folder, 'no model'), hash: '' },
    dataset: { path: table, bytes, sha256 },
    timing: {},
  });
  return { folder: run, state: await readRunState(run), predictions: run.predictions, table };
}

async function writeAnswers(
  run: RunFolder,
  { table, parts, fit, recipe }: PreparedTask,
  pretend: Pretend,
): Promise<void> {
  const target = table.columns.findIndex(({ name }) => name === recipe.target.column);
  const asked = (['validation', 'test'] as const).flatMap((part) => parts[part].map((row) => ({ part, row })));
  const predictions = asked
    .sort((a, b) => a.row - b.row)
    .map(({ part, row }, place): Prediction => {
      const truth = table.rows[row]![target]!;
      const answer = pretend(truth, place, fit.classes);
      const [rowId, lineNumber] = [table.rowIds[row]!, table.lineNumbers[row]!];
      return { rowId, lineNumber, part, truth, prediction: '', fallback: '', ...answer };
    });
  await writeFile(run.predictions, predictionsCsv(predictions, fit.classes));
  const test = metricsOf(
    predictions.filter(({ part }) => part === 'test'),
    recipe.task,
    fit.classes,
  )!;
  const report = (values: Record<string, number>, settings: string): unknown => ({
    test: values,
    validation: values,
    settings,
    seconds: 1,
  });
  const baselines =
    recipe.task === 'classification'
      ? {
          majority: report({ accuracy: 0.3333, macroF1: 0.1667, auc: 0.5, logLoss: 1.0986 }, ''),
          'random-forest': report({ accuracy: 0.9667, macroF1: 0.9664, auc: 0.9981, logLoss: 0.1102 }, 'trees 200'),
          'logistic-regression': report({ accuracy: 0.9333, macroF1: 0.9329, auc: 0.9967, logLoss: 0.1508 }, 'C 1'),
        }
      : {
          mean: report({ rmse: 7.74, mae: 6.378, r2: -0.0001 }, ''),
          'random-forest': report({ rmse: 2.992, mae: 2.225, r2: 0.851 }, 'trees 200'),
        };
  await writeRunResult(
    run,
    {
      run: run.path,
      task: recipe.task,
      metrics: { test: numbersOf(test), validation: {}, baselines: baselines as never },
      timing: {},
      fallbacks: {},
      samples: [],
    },
    {},
  );
}

/** The lines of a file without its header. */
export async function linesOf(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8');
  return text.trimEnd().split('\n').slice(1);
}
