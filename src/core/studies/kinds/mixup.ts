import { phrase, sentences } from '../../foundation/phrase';
import type { Random } from '../../foundation/random';
import { parseNumber } from '../../table/columns/parse-number';
import type { Cell } from '../../table/table';
import { changeRows, partedRows, targetIndex } from '../parted-rows';
import type { PartedRow } from '../parted-rows';
import type { PredictedRow } from '../predicted-rows';
import { twoClasses } from '../requirements';
import type { StudyInput, StudyKind, StudyRun } from '../study';
import { classesOf } from '../study-classes';

/** The classes as numbers, and where one ends and the other begins, as in the paper. */
const most = 10;
const threshold = most / 2;

export const mixup: StudyKind = {
  name: 'mixup',
  task: 'classification',
  title: phrase`Do mixed rows help to tell two classes apart?`,
  question: phrase`Does it help to learn rows between the rows, with answers between the classes?`,
  requires: [twoClasses],
  method: sentences(
    phrase`Three ways: the classes are learnt as they are; as the numbers 0 and 10; as these numbers, with as many mixed rows beside the training rows.`,
    phrase`A mixed row lies between two training rows, at a random tenth of the way, and so does its answer, from 0 to 10; of columns that are no numbers it has the one or the other.`,
    phrase`A predicted number of 5 or more is the one class, a lower one the other.`,
  ),
  reading: phrase`From the first to the second is what numbers cost, from the second to the third what mixed rows are worth.`,
  axis: { label: phrase`what is learnt`, scale: 'category' },
  plan: (input) => {
    const classes = classesOf(input);
    return input.seeds.flatMap((seed): StudyRun[] => {
      const one = { series: phrase`LIFT`, seed, baselines: false };
      const asNumbers = {
        ...one,
        set: ['task=regression', 'target.labels={}', 'training.loss=answer'],
        judge: rightSide,
      };
      return [
        {
          ...one,
          id: `classes-seed-${seed}`,
          x: phrase`the classes`,
          rows: () => partedRows(input, seed),
          baselines: true,
        },
        {
          ...asNumbers,
          id: `numbers-seed-${seed}`,
          x: phrase`0 and 10`,
          rows: () => numberedRows(input, seed, classes),
        },
        {
          ...asNumbers,
          id: `mixed-seed-${seed}`,
          x: phrase`0 and 10, and mixed rows`,
          rows: () => withMixedRows(input, seed, classes),
        },
      ];
    });
  },
};

/** The share of test rows whose number is on the right side. */
function rightSide(rows: readonly PredictedRow[]): { accuracy: number } {
  const test = rows.filter(({ part }) => part === 'test');
  const right = test.filter(({ truth, prediction }) => Number(truth) >= threshold === Number(prediction) >= threshold);
  return { accuracy: right.length / test.length };
}

function numberedRows(input: StudyInput, seed: number, classes: readonly string[]): PartedRow[] {
  const target = targetIndex(input);
  return changeRows(partedRows(input, seed), ['train', 'validation', 'test'], (cells) => {
    cells[target] = String(most * classes.indexOf(cells[target]!));
  });
}

function withMixedRows(input: StudyInput, seed: number, classes: readonly string[]): PartedRow[] {
  const rows = numberedRows(input, seed, classes);
  const train = rows.filter(({ part }) => part === 'train');
  const random = input.random(seed, 'mixed rows');
  const target = targetIndex(input);
  const mixed = train.map(({ cells }): PartedRow => {
    const other = train[random.below(train.length)]!.cells;
    const way = random.below(most + 1) / most;
    const between = input.table.columns.map(({ numeric }, index) =>
      mixedCell(cells[index]!, other[index]!, way, index === target ? 0 : numeric?.decimals, random),
    );
    return { cells: between, part: 'train' };
  });
  return [...mixed, ...rows];
}

/** @param decimals of the column; undefined when it is none of numbers */
function mixedCell(one: Cell, other: Cell, way: number, decimals: number | undefined, random: Random): Cell {
  const isOne = random.next() < way;
  const [a, b] = [one, other].map((cell) => (decimals === undefined ? undefined : parseNumber(cell ?? '')));
  if (a === undefined || b === undefined) return isOne ? one : other;
  return (way * a + (1 - way) * b).toFixed(Math.min(20, decimals!));
}
