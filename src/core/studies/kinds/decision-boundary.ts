import { phrase, sentences } from '../../foundation/phrase';
import type { Phrase } from '../../foundation/phrase';
import { runBaselines } from '../../evaluation/baselines/run-baselines';
import { readRunState } from '../../run/folder/run-state';
import { runFolderAt } from '../../run/folder/run-folder';
import { escaped } from '../../report/html';
import type { ReportLanguage } from '../../report/report-language';
import { tickText } from '../../report/scale';
import type { Cell, Column, Table } from '../../table/table';
import { readTable } from '../../table/read-table';
import { partedRows, targetIndex } from '../parted-rows';
import type { PartedRow } from '../parted-rows';
import { readPredictedRows } from '../predicted-rows';
import { boundaryPanels } from '../report/boundary-panels';
import type { Boundary } from '../report/boundary-panels';
import type { StudyInput, StudyKind, StudyRun } from '../study';
import { numericFeatures } from '../numeric-features';
import { numericColumns } from '../requirements';

/** Points of the grid on each side, and how far it goes on beyond the rows, as a share of their range. */
const side = 36;
const margin = 0.08;

export const decisionBoundary: StudyKind = {
  name: 'decision-boundary',
  task: 'classification',
  title: phrase`Where does the model draw the line?`,
  question: phrase`Which class is seen where, and how smooth is the border?`,
  requires: [numericColumns(2)],
  method: sentences(
    phrase`The model is trained on the first two numeric columns alone, and asked about a grid of points that covers them.`,
    phrase`The baselines are asked about the same grid.`,
    phrase`The dots are training rows.`,
  ),
  reading: phrase`The accuracy on real test rows; the planes below show where it comes from.`,
  axis: { label: phrase`table`, scale: 'category' },
  plan: (input) => {
    const [first, second] = planeOf(input);
    const others = input.recipe.features.filter(({ column }) => column !== first.name && column !== second.name);
    return input.seeds.map((seed): StudyRun => ({
      id: `plane-seed-${seed}`,
      series: phrase`LIFT`,
      x: phrase`${first.name} and ${second.name}`,
      seed,
      rows: () => [...partedRows(input, seed), ...gridRows(input)],
      set: others.filter(({ include }) => include).map(({ column }) => `features.${column}.include=false`),
      baselines: true,
    }));
  },
  sections: async ([result], input, language) => {
    if (!result) return [];
    const [first, second] = planeOf(input);
    const rows = await readPredictedRows(result.run);
    const grid = rows.filter(({ part }) => part === 'unlabelled');
    const lift: Boundary = { name: 'LIFT', labels: grid.map(({ prediction }) => prediction) };
    const { dataset } = await readRunState(runFolderAt(result.run));
    const baselines = await boundariesOfBaselines(await readTable(dataset.path), input, [first, second], language);
    const train = input.parts(result.seed).train.map((row) => input.table.rows[row]!);
    const target = targetIndex(input);
    const dots = train.map((cells) => ({
      x: Number(cells[first.index]),
      y: Number(cells[second.index]),
      label: cells[target]!,
    }));
    const ranges = rangesOf([first, second]);
    const range = ([low, high]: readonly [number, number]): Phrase =>
      phrase`from ${tickText(low, language)} to ${tickText(high, language)}`;
    const note = phrase`To the right: ${first.name}, ${range(ranges.x)}. Upwards: ${second.name}, ${range(ranges.y)}.`;
    const html = boundaryPanels([lift, ...baselines], { side, ...ranges, dots });
    return [{ title: language.say(phrase`The plane`), html: `<p>${escaped(language.say(note))}</p>${html}` }];
  },
};

function planeOf(input: StudyInput): [Column, Column] {
  const [first, second] = numericFeatures(input);
  return [first!, second!];
}

function rangesOf([first, second]: readonly [Column, Column]): {
  x: readonly [number, number];
  y: readonly [number, number];
} {
  const [x, y] = [first, second].map(({ numeric }) => {
    const reach = margin * (numeric!.max - numeric!.min);
    return [numeric!.min - reach, numeric!.max + reach] as const;
  });
  return { x: x!, y: y! };
}

/** Rows without an answer, so that they are predicted and judge nothing; line by line from the least y. */
function gridRows(input: StudyInput): PartedRow[] {
  const plane = planeOf(input);
  const ranges = rangesOf(plane);
  return Array.from({ length: side * side }, (_, index) => {
    const cells: Cell[] = input.table.columns.map(() => null);
    const steps = [index % side, Math.floor(index / side)];
    plane.forEach((column, axis) => {
      const [low, high] = axis === 0 ? ranges.x : ranges.y;
      cells[column.index] = String(Number((low + ((high - low) * steps[axis]!) / (side - 1)).toFixed(4)));
    });
    return { cells, part: 'test' };
  });
}

async function boundariesOfBaselines(
  table: Table,
  input: StudyInput,
  plane: readonly Column[],
  language: ReportLanguage,
): Promise<Boundary[]> {
  const target = targetIndex(input);
  const part = table.columns.at(-1)!.index;
  const split: Record<'train' | 'validation' | 'test', number[]> = { train: [], validation: [], test: [] };
  const known = table.rows.find((cells) => cells[target] !== null)![target]!;
  const rows = table.rows.map((cells, row) => {
    const name = cells[part] as keyof typeof split;
    if (cells[target] !== null) {
      if (name !== 'test') split[name].push(row);
      return cells;
    }
    split.test.push(row);
    // Baselines want an answer to be measured by; on the grid there is none, and the measure is not used.
    return cells.with(target, known);
  });
  const features = plane.map(({ index }) => index);
  const { task } = input.recipe;
  const results = await runBaselines({ table: { ...table, rows }, features, target, task, split, seed: 0 });
  return results.map(({ label, testPredictions }) => ({
    name: language.say(label),
    labels: testPredictions.map(String),
  }));
}
