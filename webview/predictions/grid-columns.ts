import { html, nothing } from 'lit';
import type { PredictionsViewState, RowView, SortKey } from '../../src/shared/predictions-view';
import { partNames, shortNumber, percent } from './format';
import { verdictIcon } from './verdict';

/** A column of the grid: what it is called, how wide it is, and what stands in its cells. */
export interface GridColumn {
  readonly key: SortKey;
  readonly label: string;
  readonly title: string;
  /** In pixels. */
  readonly width: number;
  readonly isNumber: boolean;
  /** Its place in the table; undefined for a column of LIFT's own. */
  readonly tableColumn: number | undefined;
  readonly content: (row: RowView, text: string | undefined) => unknown;
}

/** How many of LIFT's columns may stay in view while the others scroll. */
export const pinnedColumns = 4;

const characterWidth = 8.5;
const padding = 22;

/** LIFT's columns first, then the table's. */
export function gridColumns({ run, table, scopes }: PredictionsViewState): GridColumn[] {
  const own = run ? predictionColumns(run.task, run.target, run.classes) : [];
  const parts = scopes.some(({ scope }) => scope !== 'all' && scope !== 'predicted') ? [part] : [];
  const columns = table.columns.map(({ name, isNumber, width }, tableColumn): GridColumn => ({
    key: `column:${tableColumn}`,
    label: name,
    title: name,
    width: Math.max(80, Math.round(width * characterWidth + padding)),
    isNumber,
    tableColumn,
    content: (_, text) => html`<span class="text">${text ?? nothing}</span>`,
  }));
  return [rowNumber(table.rows), ...own, ...parts, ...columns];
}

function rowNumber(rows: number): GridColumn {
  return {
    key: 'row',
    label: 'Row',
    title: 'Number of the row in the table; the header is not counted',
    width: Math.max(78, Math.round(rows.toLocaleString().length * characterWidth + padding)),
    isNumber: true,
    tableColumn: undefined,
    content: ({ row }) => (row + 1).toLocaleString(),
  };
}

const part: GridColumn = {
  key: 'part',
  label: 'Part',
  title: 'The part of the split that the row belongs to: the model has learnt from training rows alone',
  width: 92,
  isNumber: false,
  tableColumn: undefined,
  content: (row) => (row.part ? partNames[row.part] : nothing),
};

function predictionColumns(
  task: 'classification' | 'regression',
  target: string,
  classes: readonly string[],
): GridColumn[] {
  const longest = Math.max(4, ...classes.map((label) => label.length));
  const labelWidth = Math.min(200, Math.max(96, Math.round(longest * characterWidth + padding + 20)));
  const own = { tableColumn: undefined, isNumber: task === 'regression' };
  const truth: GridColumn = {
    ...own,
    key: 'truth',
    label: 'Truth',
    title: `${target}, as the table has it`,
    width: labelWidth,
    content: (row) => row.truth ?? none('no answer in the table'),
  };
  const prediction: GridColumn = {
    ...own,
    key: 'prediction',
    label: 'Prediction',
    title: `${target}, as the model predicts it`,
    width: Math.max(112, labelWidth),
    content: ({ prediction: facts }) =>
      facts
        ? html`${verdictIcon(facts.verdict, task)}<span
              class="predicted ${facts.fallback === '' ? '' : 'fallback'}"
              title=${facts.fallback === '' ? nothing : `Fallback: ${facts.fallback}`}
              >${task === 'regression' ? shortNumber(Number(facts.text)) : facts.text || 'unreadable'}</span
            >`
        : none('not predicted'),
  };
  return task === 'classification' ? [truth, prediction, confidence] : [truth, prediction, error, interval];
}

const confidence: GridColumn = {
  key: 'confidence',
  label: 'Confidence',
  title: 'The probability that the model gives to its prediction',
  width: 118,
  isNumber: true,
  tableColumn: undefined,
  content: ({ prediction }) =>
    prediction?.confidence === undefined
      ? nothing
      : html`<span class="meter" aria-hidden="true"
            ><span .style=${`width: ${Math.round(100 * prediction.confidence)}%`}></span></span
          >${percent(prediction.confidence)}`,
};

const error: GridColumn = {
  key: 'error',
  label: 'Error',
  title: 'Prediction minus truth; sorted by its size',
  width: 92,
  isNumber: true,
  tableColumn: undefined,
  content: ({ prediction }) =>
    prediction?.error === undefined
      ? nothing
      : `${prediction.error > 0 ? '+' : prediction.error < 0 ? '−' : ''}${shortNumber(Math.abs(prediction.error))}`,
};

const interval: GridColumn = {
  key: 'interval',
  label: 'Interval',
  title: 'Where the truth should lie; sorted by its width',
  width: 140,
  isNumber: true,
  tableColumn: undefined,
  content: ({ prediction }) =>
    prediction?.lower === undefined || prediction.upper === undefined
      ? nothing
      : `${shortNumber(prediction.lower)} … ${shortNumber(prediction.upper)}`,
};

function none(reason: string): unknown {
  return html`<span class="none" title=${reason}
    ><span aria-hidden="true">–</span><span class="visually-hidden">${reason}</span></span
  >`;
}
