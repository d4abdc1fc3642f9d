import { phrase } from '../foundation/phrase';
import type { Phrase } from '../foundation/phrase';
import { distributionChart } from '../report/distribution-chart';
import { escaped, htmlTable } from '../report/html';
import type { ReportLanguage } from '../report/report-language';
import type { ReportSection } from '../report/section';
import type { Cell } from '../table/table';
import { distributionsOf } from './distributions';
import type { Fidelity } from './requests';
import type { SourceRows } from './source-rows';
import { spreadOver } from './spread-over';

const columnsDrawn = 24;
const rowsShown = 6;
const columnsShown = 8;

/** Rows beside each other. */
interface Compared {
  readonly source: SourceRows;
  readonly made: readonly (readonly Cell[])[];
  /** The training rows that they are to be like; none when no training row meets the conditions they were made under. */
  readonly real: readonly (readonly Cell[])[];
}

/**
 * What made rows are worth, for a report: the measures with what they mean, columns one by one, some rows.
 * @param fidelity undefined for rows made under conditions
 */
export function fidelitySections(
  compared: Compared,
  fidelity: Fidelity | undefined,
  language: ReportLanguage,
): ReportSection[] {
  const sections: ReportSection[] = [];
  const add = (title: Phrase, html: string): void => {
    sections.push({ title: language.say(title), html });
  };
  if (fidelity) add(phrase`How good made rows are`, measures(fidelity, language));
  add(phrase`Some rows`, someRows(compared, language));
  if (compared.real.length > 0) add(phrase`Columns one by one`, columnCharts(compared, language));
  return sections;
}

function columnCharts({ source: { columns }, made, real }: Compared, language: ReportLanguage): string {
  const text = (said: Phrase): string => escaped(language.say(said));
  const distributions = distributionsOf(columns.slice(0, columnsDrawn), made, real, language);
  const charts = distributions.map((distribution) => distributionChart(distribution, language));
  const more = columns.length - charts.length;
  const key =
    `<p>${text(phrase`How often each value, or stretch of numbers, stands in the rows.`)}</p>` +
    `<ul class="legend"><li><span class="swatch" style="background: var(--own-1)"></span>${text(phrase`real training rows`)}</li>` +
    `<li><span class="swatch" style="background: var(--own-2)"></span>${text(phrase`made rows`)}</li></ul>`;
  const rest = more > 0 ? `<p class="faint">${text(phrase`${more} more columns are not drawn.`)}</p>` : '';
  return `${key}<div class="panels">${charts.join('')}</div>${rest}`;
}

function measures(fidelity: Fidelity, language: ReportLanguage): string {
  const { valid, marginals, correlationGap, tellingApartAuc, usefulness, closest } = fidelity;
  const mean = marginals.reduce((sum, { distance }) => sum + distance, 0) / marginals.length;
  const worst = [...marginals].sort((a, b) => b.distance - a.distance)[0]!;
  const figure = (value: number): string => language.fixed(value, 3);
  const rows: (readonly [measure: Phrase, value: string, meaning: Phrase])[] = [
    [phrase`Valid rows`, language.percent(valid), phrase`every cell is one that the training rows allow`],
    [
      phrase`Columns one by one`,
      figure(mean),
      phrase`how far the values are from those of the real rows, on average over the columns: 0 is the same, 1 as far as can be; the farthest is ${worst.column}: ${figure(worst.distance)}`,
    ],
  ];
  if (correlationGap !== undefined) {
    const meaning = phrase`how far the correlations of pairs of columns are off, on average: 0 is not at all`;
    rows.push([phrase`Columns together`, figure(correlationGap), meaning]);
  }
  if (tellingApartAuc !== undefined) {
    const meaning = phrase`how well a classifier tells made rows from real ones that it has not seen: ${language.fixed(0.5, 1)} is guessing, 1 always`;
    rows.push([phrase`Telling apart (AUC)`, figure(tellingApartAuc), meaning]);
  }
  if (usefulness) {
    const { measure, method, made, real } = usefulness;
    const title =
      measure === 'accuracy'
        ? phrase`Accuracy after learning from made rows`
        : phrase`Relative absolute error after learning from made rows`;
    const meaning = phrase`${language.say(method)} on real test rows; after learning from the real rows ${figure(real)}`;
    rows.push([title, figure(made), meaning]);
  }
  const nearest = phrase`distance to the most like training row, as a share of the range of the columns (median): 0 is a copy`;
  const meaning =
    closest.realTest === undefined
      ? nearest
      : phrase`${nearest}; of real test rows ${language.fixed(closest.realTest, 4)}`;
  rows.push([phrase`Nearest training row`, language.fixed(closest.made, 4), meaning]);
  const titles = [phrase`measure`, phrase`value`, phrase`what it is`].map((title) => language.say(title));
  const lines = rows.map(([measure, value, what]) => [language.say(measure), value, language.say(what)]);
  return `<div class="words">${htmlTable(titles, lines)}</div>`;
}

function someRows({ source: { table, columns }, made, real }: Compared, language: ReportLanguage): string {
  // In the order of the table, where the answer is seldom first.
  const shown = [...columns.keys()].sort((a, b) => columns[a]!.index - columns[b]!.index).slice(0, columnsShown);
  const names = shown.map((place) => table.columns[columns[place]!.index]!.name);
  const lines = (rows: readonly (readonly Cell[])[], origin: Phrase): string[][] =>
    spreadOver(rows, rowsShown).map((cells) => [language.say(origin), ...shown.map((place) => cells[place] ?? '')]);
  const more = columns.length - names.length;
  const rest = more > 0 ? `<p class="faint">${escaped(language.say(phrase`And ${more} more columns.`))}</p>` : '';
  const titles = [language.say(phrase`rows`), ...names];
  return htmlTable(titles, [...lines(made, phrase`made`), ...lines(real, phrase`real`)]) + rest;
}
