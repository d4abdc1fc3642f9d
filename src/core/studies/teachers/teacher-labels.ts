import { readLabels, runClassifier } from '../../evaluation/baselines/classification-baselines';
import { encodeSplit } from '../../evaluation/baselines/encoded-split';
import { Pace } from '../../foundation/pace';
import { includedColumns } from '../../run/task/split-rows';
import { oncePerSeed } from '../once-per-seed';
import { partedRows, targetIndex } from '../parted-rows';
import type { StudyInput } from '../study';
import { TableNetwork } from '../table-network';
import { teachers } from './teachers';

/** What each teacher says, by its name: a class for each of `partedRows`. */
export type TeacherLabels = ReadonlyMap<string, readonly string[]>;

/** The teachers, trained on the training rows of a seed alone, on the rows of all its parts. */
export const teacherLabels = oncePerSeed(labelsOf);

async function labelsOf(input: StudyInput, seed: number): Promise<TeacherLabels> {
  const { table, recipe } = input;
  const { train, validation, test } = input.parts(seed);
  const included = new Set(includedColumns(recipe));
  const features = table.columns.filter(({ name }) => included.has(name)).map(({ index }) => index);
  // Asked about all rows, though only those of the test are judged by the truth.
  const split = { train, validation, test: [...train, ...validation, ...test] };
  const request = { table, features, target: targetIndex(input), task: 'classification', split, seed } as const;
  const pace = new Pace();
  const labels = readLabels(request);
  const encoded = await encodeSplit(request, pace);
  const shape = {
    trainRows: train.length,
    validationRows: validation.length,
    testRows: split.test.length,
    denseColumns: encoded.train.dense.columns,
    classCount: labels.classes.length,
  };
  const said = new Map<string, readonly string[]>();
  for (const { id, baseline } of teachers) {
    if (baseline) {
      const result = await runClassifier(baseline, encoded, labels, shape, seed, pace, () => undefined);
      said.set(id, result.testPredictions);
    } else {
      const network = await TableNetwork.train(input, seed);
      said.set(
        id,
        partedRows(input, seed).map(({ cells }) => network.classOf(cells)),
      );
    }
  }
  return said;
}
