import { distributionChart } from '../report/distribution-chart';
import { escaped, htmlTable } from '../report/html';
import type { ReportSection } from '../report/section';
import type { Cell } from '../table/table';
import { distributionsOf } from './distributions';
import type { Fidelity } from './requests';
import { realRows } from './small-table';
import type { SourceRows } from './source-rows';

const columnsDrawn = 24;
const rowsShown = 6;
const columnsShown = 8;

/** What made rows are worth, for a report: the measures with what they mean, columns one by one, some rows. */
export function fidelitySections(
  source: SourceRows,
  made: readonly (readonly Cell[])[],
  fidelity: Fidelity,
): ReportSection[] {
  const real = realRows(source, source.train);
  const charts = distributionsOf(source.columns.slice(0, columnsDrawn), made, real).map(distributionChart);
  const more = source.columns.length - charts.length;
  const key =
    '<ul class="legend"><li><span class="swatch" style="background: var(--own-1)"></span>real training rows</li>' +
    '<li><span class="swatch" style="background: var(--own-2)"></span>made rows</li></ul>';
  const rest = more > 0 ? `<p class="faint">${more} more columns are in the table above alone.</p>` : '';
  return [
    { title: 'How good made rows are', html: measures(fidelity) },
    { title: 'Columns one by one', html: `${key}<div class="panels">${charts.join('')}</div>${rest}` },
    { title: 'Some rows', html: someRows(source, made, real) },
  ];
}

function measures({ valid, marginals, correlationGap, tellingApartAuc, usefulness, closest }: Fidelity): string {
  const mean = marginals.reduce((sum, { distance }) => sum + distance, 0) / marginals.length;
  const worst = [...marginals].sort((a, b) => b.distance - a.distance)[0]!;
  const rows = [
    ['Valid rows', `${(100 * valid).toFixed(1)} %`, 'every cell is one that the training rows allow'],
    [
      'Columns one by one',
      mean.toFixed(3),
      `mean distance from the real distribution, 0 is the same, 1 the farthest; the farthest is ${worst.column}: ${worst.distance.toFixed(3)}`,
    ],
  ];
  if (correlationGap !== undefined) {
    rows.push(['Columns together', correlationGap.toFixed(3), 'how far correlations of pairs are off, on average']);
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
  rows.push(['Nearest training row', closest.made.toFixed(4), `median distance, 0 is a copy${usual}`]);
  return `<div class="words">${htmlTable(['measure', 'value', 'what it is'], rows)}</div>`;
}

function someRows({ table, columns }: SourceRows, made: readonly (readonly Cell[])[], real: readonly Cell[][]): string {
  const names = columns.slice(0, columnsShown).map(({ index }) => table.columns[index]!.name);
  const lines = (rows: readonly (readonly Cell[])[], origin: string): string[][] =>
    rows.slice(0, rowsShown).map((cells) => [origin, ...cells.slice(0, columnsShown).map((cell) => cell ?? '')]);
  const more = columns.length - names.length;
  const rest = more > 0 ? `<p class="faint">${escaped(`And ${more} more columns.`)}</p>` : '';
  return htmlTable(['', ...names], [...lines(made, 'made'), ...lines(real, 'real')]) + rest;
}
