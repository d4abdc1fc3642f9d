import { parseNumber } from '../columns/parse-number';
import { counted } from './counted';
import { leastLabelledRows } from '../split/split-table';
import type { Column, Table } from '../table';
import type { IssueKind, TableIssue } from './table-issue';
import { phrase } from '../../foundation/phrase';
import type { Said } from '../../foundation/phrase';

const fewRows = 50;
const rareRows = 3;
const manyClasses = 100;

/** What stands against a column as the target. */
export function findTargetIssues(table: Table, column: Column, task: 'classification' | 'regression'): TableIssue[] {
  const { name, missing, distinct, type } = column;
  const issues: TableIssue[] = [];
  const add = (severity: TableIssue['severity'], kind: IssueKind, message: Said, hint: Said): void => {
    issues.push({ severity, kind, message, hint, column: name });
  };
  const labelled = table.rows.length - missing;
  if (labelled === 0) {
    add(
      'error',
      'target-empty',
      phrase`The target "${name}" has no values.`,
      phrase`Choose a column with answers to learn from.`,
    );
    return issues;
  }
  if (distinct === 1) {
    const value = column.examples[0]!;
    const message = phrase`The target "${name}" is "${value}" in every row: there is nothing to tell apart.`;
    add('error', 'target-constant', message, phrase`Choose another target, or add rows with other values.`);
  }
  if (labelled < leastLabelledRows) {
    const message = phrase`Only ${counted(labelled, 'row')} have a value in "${name}".`;
    add(
      'error',
      'too-few-rows',
      message,
      phrase`Fine-tuning needs at least ${leastLabelledRows}, and rather ${fewRows} or more.`,
    );
  } else if (labelled < fewRows) {
    const message = phrase`Only ${labelled} rows have a value in "${name}": the metrics will be rough.`;
    add('warning', 'few-rows', message, phrase`Use ${fewRows} or more.`);
  }
  if (missing > 0) {
    const message = phrase`${counted(missing, 'row')} without a value in "${name}": not used for training or metrics.`;
    add('warning', 'target-incomplete', message, phrase`Predictions fill them in.`);
  }
  if (task === 'regression') {
    const word = table.rows
      .map((row) => row[column.index] ?? null)
      .find((cell) => cell !== null && parseNumber(cell) === undefined);
    if (word !== undefined && word !== null) {
      const message = phrase`"${word}" in the target "${name}" is not a number.`;
      add('error', 'target-not-numeric', message, phrase`Choose classification, or another target.`);
    }
    return issues;
  }
  if (type === 'identifier' || (distinct > labelled / 2 && labelled >= 2 * leastLabelledRows)) {
    const message = phrase`The target "${name}" has ${counted(distinct, 'different value')} in ${counted(labelled, 'row')}: it names rows rather than classes.`;
    add(
      'error',
      'target-identifier',
      message,
      phrase`Choose a column whose values repeat, or regression for a number.`,
    );
  }
  return [...issues, ...classIssues(table, column)];
}

function classIssues(table: Table, { name, index, distinct }: Column): TableIssue[] {
  const counts = new Map<string, number>();
  for (const row of table.rows) {
    const cell = row[index] ?? null;
    if (cell !== null) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  const issues: TableIssue[] = [];
  const warn = (kind: IssueKind, message: Said, hint: Said): void => {
    issues.push({ severity: 'warning', kind, message, hint, column: name });
  };
  const rare = [...counts].filter(([, count]) => count < rareRows).map(([value]) => value);
  if (rare.length > 0 && distinct > 1) {
    const message = phrase`${counted(rare.length, 'class')} of "${name}" with fewer than ${rareRows} rows: ${listed(rare)}.`;
    warn(
      'target-rare-classes',
      message,
      phrase`Add rows, or merge them with other classes; they are not in every part.`,
    );
  }
  if (distinct > manyClasses) {
    const message = phrase`"${name}" has ${distinct} classes: each is scored for each row, which takes long.`;
    warn('target-many-classes', message, phrase`Merge classes if you can.`);
  }
  const similar = similarTexts([...counts.keys()]);
  if (similar.length > 0) {
    const message = phrase`Classes of "${name}" differ only by case or blanks: ${listed(similar)}.`;
    warn('target-similar-classes', message, phrase`Write them alike if they mean the same.`);
  }
  return issues;
}

/** Texts that another text equals but for case and blanks. */
function similarTexts(texts: readonly string[]): string[] {
  const simple = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ');
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(simple(text), (counts.get(simple(text)) ?? 0) + 1);
  return texts.filter((text) => counts.get(simple(text))! > 1);
}

function listed(texts: readonly string[]): string {
  const shown = texts.slice(0, 5).map((text) => `"${text}"`);
  return shown.join(', ') + (texts.length > 5 ? ', …' : '');
}
