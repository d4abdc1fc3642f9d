import { phrase, sentences } from '../../foundation/phrase';
import { madeRowsFile } from '../../generation/augment';
import { fidelityOf } from '../../generation/fidelity';
import { fidelitySections } from '../../generation/fidelity-sections';
import { realRows } from '../../generation/small-table';
import { columnsToMake } from '../../generation/source-rows';
import type { SourceRows } from '../../generation/source-rows';
import type { ReportLanguage } from '../../report/report-language';
import type { ReportSection } from '../../report/section';
import { runFolderAt } from '../../run/folder/run-folder';
import { readTable } from '../../table/read-table';
import type { StudyInput, StudyKind, StudyResult, StudyRun } from '../study';
import { fewerRows } from './sample-complexity';

/** Sizes of the training part, besides all of it. */
const sizes = [20, 50, 200];
/** As many made rows as there are real ones, but no fewer and no more than these. */
const [fewestMade, mostMade] = [100, 500];
const augmentedSeries = phrase`LIFT, with made rows`;

export const generation: StudyKind = {
  name: 'generation',
  title: phrase`Are made rows as good as real ones?`,
  question: phrase`How like real rows are made ones, and do they help when real ones are few?`,
  method: sentences(
    phrase`The model is trained to write rows – a class before its columns, a number after them – on the training rows alone, and makes as many rows as there are (at least 100, at most 500), none of them a copy.`,
    phrase`LIFT learns from the real rows, and from the real and the made ones together; the baselines see the real rows.`,
    phrase`Below, the rows made after all training rows.`,
  ),
  reading: phrase`Where the upper line is the one with made rows, they help.`,
  axis: { label: phrase`real training rows`, scale: 'log' },
  plan: (input) =>
    input.seeds.flatMap((seed) => {
      const { train } = input.parts(seed);
      const points = [...sizes.filter((size) => size < train.length), train.length];
      return points.flatMap((size): StudyRun[] => {
        const made = Math.min(mostMade, Math.max(fewestMade, size));
        const one = { x: size, seed, rows: () => fewerRows(input, seed, size) };
        return [
          {
            ...one,
            id: `real-${size}-seed-${seed}`,
            series: phrase`LIFT, real rows`,
            set: ['training.augment.rows=0'],
            baselines: true,
          },
          {
            ...one,
            id: `made-${size}-seed-${seed}`,
            series: augmentedSeries,
            set: [`training.augment.rows=${made}`],
            baselines: false,
          },
        ];
      });
    }),
  sections: async (results, input, language) => {
    const augmented = results.filter(({ series }) => series === augmentedSeries);
    const largest = augmented.reduce((best, result) => (Number(result.x) > Number(best.x) ? result : best));
    return fidelityOfRun(largest, input, language);
  },
};

async function fidelityOfRun(
  { run, seed }: StudyResult,
  input: StudyInput,
  language: ReportLanguage,
): Promise<ReportSection[]> {
  const folder = runFolderAt(run);
  const { table, recipe } = input;
  const { train, validation, test } = input.parts(seed);
  const columns = columnsToMake(table, recipe, train);
  const source: SourceRows = { folder, recipe, table, train, validation, test, columns };
  const made = (await readTable(madeRowsFile(folder), { missingTokens: [] })).rows;
  const compared = { source, made, real: realRows(source, train) };
  return fidelitySections(compared, await fidelityOf(source, made, undefined), language);
}
