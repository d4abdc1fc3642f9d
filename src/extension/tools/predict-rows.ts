import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { readRunRecipe } from '../../core/run/folder/open-run';
import type { CallOptions, EngineClient } from '../../engine/engine-client';
import { askingChoice } from '../remote/resume-request';
import type { PredictionSet } from '../predictions/prediction-set';
import { readPredictions } from '../predictions/read-predictions';
import type { RunSummary } from '../runs/run-summary';

const mostRows = 200;
const CellValue = v.nullable(v.union([v.string(), v.number(), v.boolean()]));

export const PredictRowsInput = v.object({
  run: v.string(),
  rows: v.pipe(v.array(v.record(v.string(), CellValue)), v.minLength(1), v.maxLength(mostRows)),
});

type Row = v.InferOutput<typeof PredictRowsInput>['rows'][number];

/**
 * Predicts rows that a language model has put together, with a finished run. Values are by column; a column that a row does
 * not have is missing in it. Throws as predicting does: `column-missing`, `run-invalid`, `cancelled`.
 */
export async function predictRows(
  engine: Pick<EngineClient, 'predict'>,
  run: RunSummary,
  rows: readonly Row[],
  options: CallOptions,
): Promise<object> {
  const { features } = await readRunRecipe(run.folder);
  const known = features.map(({ column }) => column);
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const folder = await mkdtemp(join(tmpdir(), 'lift-rows-'));
  try {
    const dataset = join(folder, 'rows.csv');
    const out = join(folder, 'predictions.csv');
    await writeFile(dataset, csvOf(rows, columns));
    await engine.predict({ run: run.folder.path, dataset, out, backend: askingChoice(run.state) }, options);
    const set = await readPredictions(out);
    return {
      target: run.state.target,
      predictions: Array.from({ length: set.size }, (_, place) => predictionOf(set, place)),
      // A name that is a little off would otherwise go unnoticed: the run only knows its own columns.
      ignoredColumns: columns.filter((column) => !known.includes(column)),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function predictionOf(set: PredictionSet, place: number): object {
  const { text, confidence, lower, upper, fallback } = set.facts(place);
  const probabilities = set.hasProbabilities(place)
    ? Object.fromEntries(set.classes.map((label, index) => [label, set.probabilities(place)[index]]))
    : undefined;
  return { prediction: text, confidence, probabilities, lower, upper, ...(fallback !== '' && { fallback }) };
}

/** RFC 4180; a table of one column with an empty cell would have an empty line, so every cell is quoted. */
function csvOf(rows: readonly Row[], columns: readonly string[]): string {
  const cell = (value: Row[string] | undefined): string => `"${String(value ?? '').replaceAll('"', '""')}"`;
  const lines = [columns.map(cell), ...rows.map((row) => columns.map((column) => cell(row[column])))];
  return lines.map((cells) => `${cells.join(',')}\n`).join('');
}
