import { html, nothing } from 'lit';
import type { PredictionsViewState, RowView, SortKey, TableFacts } from '../../../src/shared/predictions-view';
import { l10n } from '../../common/l10n';
import { partNames, shortNumber, percent } from '../format';
import { thumbnail } from '../thumbnail';
import { verdictIcon } from '../verdict';

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
const imageWidth = 36;

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
  return [rowNumber(table), ...own, ...parts, ...columns];
}

/** Rows that are images are seen beside their number. */
function rowNumber({ rows, image: size }: TableFacts): GridColumn {
  return {
    key: 'row',
    label: l10n.t('Row'),
    title: l10n.t('Number of the row in the table; the header is not counted'),
    width: Math.max(78, Math.round(rows.toLocaleString().length * characterWidth + padding)) + (size ? imageWidth : 0),
    isNumber: true,
    tableColumn: undefined,
    content: ({ row, image }) =>
      html`${size && image !== undefined ? thumbnail(image, size) : nothing}${(row + 1).toLocaleString()}`,
  };
}

const part: GridColumn = {
  key: 'part',
  label: l10n.t('Part'),
  title: l10n.t('The part of the split that the row belongs to: the model has learnt from training rows alone'),
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
    label: l10n.t('Truth'),
    title: l10n.t('{0}, as the table has it', target),
    width: labelWidth,
    content: (row) => row.truth ?? none(l10n.t('no answer in the table')),
  };
  const prediction: GridColumn = {
    ...own,
    key: 'prediction',
    label: l10n.t('Prediction'),
    title: l10n.t('{0}, as the model predicts it', target),
    width: Math.max(112, labelWidth),
    content: ({ prediction: facts }) =>
      facts
        ? html`${verdictIcon(facts.verdict, task)}<span
              class="predicted ${facts.fallback === '' ? '' : 'fallback'}"
              title=${facts.fallback === '' ? nothing : l10n.t('Fallback: {0}', facts.fallback)}
              >${task === 'regression' ? shortNumber(Number(facts.text)) : facts.text || l10n.t('unreadable')}</span
            >`
        : none(l10n.t('not predicted')),
  };
  return task === 'classification' ? [truth, prediction, confidence] : [truth, prediction, error, interval];
}

const confidence: GridColumn = {
  key: 'confidence',
  label: l10n.t('Confidence'),
  title: l10n.t('The probability that the model gives to its prediction'),
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
  label: l10n.t('Error'),
  title: l10n.t('Prediction minus truth; sorted by its size'),
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
  label: l10n.t('Interval'),
  title: l10n.t('Where the truth should lie; sorted by its width'),
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
