import { includedColumns } from '../run/task/split-rows';
import type { Column } from '../table/table';
import type { StudySubject } from './requirements';

/** The columns of numbers that prompts tell. */
export function numericFeatures({ table, recipe }: StudySubject): Column[] {
  const included = new Set(includedColumns(recipe));
  return table.columns.filter(({ name, type }) => included.has(name) && (type === 'number' || type === 'integer'));
}
