import { amount, phrase } from '../../foundation/phrase';
import { Random } from '../../foundation/random';
import type { Recipe } from '../../recipe/recipe';
import { outlyingAnswers } from '../../retrieval/outlying-answers';
import { findColumn } from '../../table/find-column';
import type { Table } from '../../table/table';
import type { RunContext } from '../events';
import { notice } from '../notice';
import { includedColumns } from './split-rows';

/** The training rows that are not learnt from, as the recipe says (`training.outliers`); it is told how many, and where one is. */
export function outliersToSetAside(
  table: Table,
  recipe: Recipe,
  train: readonly number[],
  emit: RunContext['emit'],
): ReadonlySet<number> {
  if (recipe.task !== 'regression' || recipe.training.outliers === 'keep') return new Set();
  const target = findColumn(table, recipe.target.column).index;
  const outliers = outlyingAnswers(table, train, {
    features: includedColumns(recipe).map((name) => findColumn(table, name).index),
    target,
    random: Random.derive(recipe.split.testSeed, 'outliers'),
  });
  const [first] = outliers;
  if (first !== undefined) {
    const [value, line] = [table.rows[first]![target]!, table.lineNumbers[first]!];
    const message = phrase`${amount(outliers.length)} of ${amount(train.length)} training rows are not learnt from: "${recipe.target.column}" is far from that of all rows like them, and from that of nearly all rows (line ${line}: ${value}). If these numbers are right, set training.outliers to keep.`;
    emit(notice('warning', message));
  }
  return new Set(outliers);
}
