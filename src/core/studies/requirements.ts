import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import type { Phrase } from '../foundation/phrase';
import type { Recipe } from '../recipe/recipe';
import { includedColumns } from '../run/task/split-rows';
import type { Table } from '../table/table';
import { numericFeatures } from './numeric-features';

/** What tells whether a study can be done: the columns of the table, or of as much of it as is known. */
export interface StudySubject {
  readonly table: Pick<Table, 'columns'>;
  readonly recipe: Recipe;
}

/** What a study asks of a table: the error `usage` that says what is missing, or undefined when nothing is. */
export type Requirement = (subject: StudySubject) => LiftError | undefined;

const anotherTarget = phrase`Take another study, or another target.`;
const moreColumns = phrase`Take another study, or let prompts tell more columns.`;

export function task(wanted: Recipe['task']): Requirement {
  return ({ recipe }) => {
    if (recipe.task === wanted) return undefined;
    const { column } = recipe.target;
    const why =
      wanted === 'classification'
        ? phrase`"${column}" is a number: this study is for classes.`
        : phrase`"${column}" is a class: this study is for numbers.`;
    return new LiftError('usage', why, anotherTarget);
  };
}

export function numericColumns(least: 1 | 2): Requirement {
  return (subject) => {
    const count = numericFeatures(subject).length;
    if (count >= least) return undefined;
    const why =
      count === 0
        ? phrase`No column that prompts tell is a number.`
        : phrase`Only one column that prompts tell is a number: this study is for two and more.`;
    return new LiftError('usage', why, moreColumns);
  };
}

export const twoColumns: Requirement = ({ recipe }) => {
  if (includedColumns(recipe).length >= 2) return undefined;
  return new LiftError('usage', phrase`Prompts tell one column only: this study is for two and more.`, moreColumns);
};

export const twoClasses = classes(
  (count, isLeast) => count === 2 || (isLeast && count < 2),
  (column, count) => phrase`"${column}" has ${count} classes: this study is for two.`,
);

export const threeClasses = classes(
  (count, isLeast) => count >= 3 || isLeast,
  (column, count) => phrase`"${column}" has ${count} classes: this study is for three and more.`,
);

/** @param fits whether so many classes will do; there may be more than were seen where that is the least number of them */
function classes(
  fits: (count: number, isLeast: boolean) => boolean,
  why: (column: string, count: number) => Phrase,
): Requirement {
  return ({ table, recipe }) => {
    const target = table.columns.find(({ name }) => name === recipe.target.column);
    if (!target || fits(target.distinct, target.distinctCapped)) return undefined;
    return new LiftError('usage', why(target.name, target.distinct), anotherTarget);
  };
}
