import { distributionChart } from '../report/distribution-chart';
import { htmlTable } from '../report/html';
import type { ReportSection } from '../report/section';
import type { Cell } from '../table/table';
import { distributionsOf } from './distributions';
import type { Fidelity } from './requests';
import type { SourceRows } from './source-rows';
import { spreadOver } from './spread-over';

const columnsDrawn = 24;
const rowsShown = 6;
const columnsShown = 8;

/**
 * What made rows are worth, for a report: the measures with what they mean, columns one by one, some rows.
 * @param real the training rows that they are to be like; none when no training row meets the conditions they were made under
 * @param fidelity undefined for rows made under conditions
 */
export function fidelitySections(
  source: SourceRows,
  made: readonly (readonly Cell[])[],
  real: readonly (readonly Cell[])[],
  fidelity?: Fidelity,
): ReportSection[] {
  const sections: ReportSection[] = [];
  if (fidelity) sections.push({ title: 'How good made rows are', html: measures(fidelity) });
  sections.push({ title: 'Some rows', html: someRows(source, made, real) });
  if (real.length > 0) sections.push({ title: 'Columns one by one', html: columnCharts(source, made, real) });
  return sections;
}

function columnCharts(
  { columns }: SourceRows,
  made: readonly (readonly Cell[])[],
  real: readonly (readonly Cell[])[],
): string {
  const charts = distributionsOf(columns.slice(0, columnsDrawn), made, real).map(distributionChart);
  const more = columns.length - charts.length;
  const key =
    '<p>How often each value, or stretch of numbers, stands in the rows.</p>' +
    '<ul class="legend"><li><span class="swatch" style="background: var(--own-1)"></span>real training rows</li>' +
    '<li><span class="swatch" style="background: var(--own-2)"></span>made rows</li></ul>';
  const rest = more > 0 ? `<p class="faint">${more} more columns are not drawn.</p>` : '';
  return `${key}<div class="panels">${charts.join('')}</div>${rest}`;
}

function measures({ valid, marginals, correlationGap, tellingApartAuc, usefulness, closest }: Fidelity): string {
  const mean = marginals.reduce((sum, { distance }) => sum + distance, 0) / marginals.length;
  const worst = [...marginals].sort((a, b) => b.distance - a.distance)[0]!;
  const rows = [
    ['Valid rows', `${(100 * valid).toFixed(1)} %`, 'every cell is one that the training rows allow'],
    [
      'Columns one by one',
      mean.toFixed(3),
      `how far the values are from those of the real rows, on average over the columns: 0 is the same, 1 as far as can be; the farthest is ${worst.column}: ${worst.distance.toFixed(3)}`,
    ],
  ];
  if (correlationGap !== undefined) {
    rows.push([
      'Columns together',
      correlationGap.toFixed(3),
      'how far the correlations of pairs of columns are off, on average: 0 is not at all',
    ]);
  }
  if (tellingApartAuc !== undefined) {
    const meaning =
      'how well a classifier tells made rows from real ones that it has not seen: 0.5 is guessing, 1 always';
    rows.push(['Telling apart (AUC)', tellingApartAuc.toFixed(3), meaning]);
  }
  if (usefulness) {
    const { measure, method } = usefulness;
    const name = measure === 'accuracy' ? 'Accuracy' : 'Relative absolute error';
    rows.push([
      `${name} after learning from made rows`,
      usefulness.made.toFixed(3),
      `${method} on real test rows; after learning from the real rows ${usefulness.real.toFixed(3)}`,
    ]);
  }
  const usual = closest.realTest === undefined ? '' : `; of real test rows ${closest.realTest.toFixed(4)}`;
  rows.push([
    'Nearest training row',
    closest.made.toFixed(4),
    `distance to the most like training row, as a share of the range of the columns (median): 0 is a copy${usual}`,
  ]);
  return `<div class="words">${htmlTable(['measure', 'value', 'what it is'], rows)}</div>`;
}

function someRows(
  { table, columns }: SourceRows,
  made: readonly (readonly Cell[])[],
  real: readonly (readonly Cell[])[],
): string {
  // In the order of the table, where the answer is seldom first.
  const shown = [...columns.keys()].sort((a, b) => columns[a]!.index - columns[b]!.index).slice(0, columnsShown);
  const names = shown.map((place) => table.columns[columns[place]!.index]!.name);
  const lines = (rows: readonly (readonly Cell[])[], origin: string): string[][] =>
    spreadOver(rows, rowsShown).map((cells) => [origin, ...shown.map((place) => cells[place] ?? '')]);
  const more = columns.length - names.length;
  const rest = more > 0 ? `<p class="faint">And ${more} more columns.</p>` : '';
  return htmlTable(['rows', ...names], [...lines(made, 'made'), ...lines(real, 'real')]) + rest;
}
