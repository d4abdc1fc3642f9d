import { amount, phrase, sentences } from '../../foundation/phrase';
import type { Phrase } from '../../foundation/phrase';
import { reliabilityTable } from '../../evaluation/reliability';
import { readPredictedRows } from '../predicted-rows';
import { spearman } from '../../evaluation/correlation';
import type { StudyResult } from '../study';
import { meanOf } from '../summary';
import type { PartedRow } from '../parted-rows';
import { escaped, htmlTable } from '../../report/html';
import { scatterChart } from '../../report/scatter-chart';
import type { ReportLanguage } from '../../report/report-language';
import type { ReportSection } from '../../report/section';

const bins = 10;

/** Stated probabilities against how often they were right, over the test rows of all runs. */
export async function reliabilitySection(
  results: readonly StudyResult[],
  language: ReportLanguage,
): Promise<ReportSection> {
  const rows = (await Promise.all(results.map(({ run }) => readPredictedRows(run)))).flat();
  const test = rows.filter(({ part, confidence }) => part === 'test' && confidence !== undefined);
  const table = reliabilityTable(
    test.map(({ confidence }) => confidence!),
    test.map(({ truth, prediction }) => truth === prediction),
    bins,
  ).filter(({ count }) => count > 0);
  const chart = scatterChart(
    table.map(({ confidence, accuracy, count }) => ({
      x: confidence!,
      y: accuracy!,
      size: Math.sqrt(count),
      title: phrase`${amount(count)} rows`,
    })),
    { x: phrase`stated probability`, y: phrase`share that was right`, diagonal: true },
    language,
  );
  const figures = table.map(({ lower, upper, count, confidence, accuracy }) => [
    `${language.fixed(lower, 1)} – ${language.fixed(upper, 1)}`,
    String(count),
    language.fixed(confidence!, 3),
    language.fixed(accuracy!, 3),
  ]);
  const note = sentences(
    phrase`On the line: a prediction that is stated to be 80 % sure is right in 80 % of such rows.`,
    phrase`Below it the model is too sure.`,
  );
  const columns = [phrase`stated`, phrase`rows`, phrase`mean stated`, phrase`right`];
  return {
    title: language.say(phrase`Stated probabilities`),
    html: figure(chart, note, language) + htmlTable(titles(columns, language), figures),
  };
}

/** The promised and the measured share of answers in their intervals, run by run. */
export function coverageSection(
  results: readonly StudyResult[],
  promised: number,
  language: ReportLanguage,
): ReportSection {
  const rows = results.map(({ x, seed, metrics }) => [
    language.say(phrase`${x}, seed ${seed}`),
    ...[
      promised.toFixed(2),
      metrics.intervalCoverage?.toFixed(3) ?? '',
      metrics.intervalWidth?.toPrecision(4) ?? '',
    ].map((number) => language.written(number)),
  ]);
  const columns = [phrase`table`, phrase`promised`, phrase`held`, phrase`mean width`];
  return { title: language.say(phrase`Intervals`), html: htmlTable(titles(columns, language), rows) };
}

function titles(columns: readonly Phrase[], language: ReportLanguage): string[] {
  return columns.map((title) => language.say(title));
}

function figure(chart: string, caption: Phrase, language: ReportLanguage): string {
  return `<figure>${chart}<figcaption>${escaped(language.say(caption))}</figcaption></figure>`;
}

/** Means of the points in ten groups, from the least x to the greatest. */
function bandsOf(points: readonly { readonly x: number; readonly y: number }[]): { x: number; y: number }[] {
  const sorted = [...points].sort((a, b) => a.x - b.x);
  return Array.from({ length: bins }, (_, band) => {
    const group = sorted.slice((band * sorted.length) / bins, ((band + 1) * sorted.length) / bins);
    return { x: meanOf(group.map(({ x }) => x)).mean, y: meanOf(group.map(({ y }) => y)).mean, count: group.length };
  }).flatMap(({ count, ...mean }) => (count > 0 ? mean : []));
}

/** How wide the intervals are where how much noise was added. */
export async function spreadSection(
  results: readonly StudyResult[],
  noiseOf: (cells: PartedRow['cells']) => number,
  language: ReportLanguage,
): Promise<ReportSection> {
  const points: { x: number; y: number }[] = [];
  for (const { run } of results) {
    for (const { part, cells, lower, upper } of await readPredictedRows(run)) {
      if (part === 'test' && lower !== undefined && upper !== undefined)
        points.push({ x: noiseOf(cells), y: upper - lower });
    }
  }
  const bands = bandsOf(points);
  const [rank, bandRank] = [points, bands].map((list) => {
    const correlation = spearman(
      list.map(({ x }) => x),
      list.map(({ y }) => y),
    );
    return correlation === undefined ? phrase`not defined` : language.fixed(correlation, 3);
  });
  const large = bands.map((band) => ({
    ...band,
    size: 8,
    title: phrase`mean of rows with like noise`,
    colour: 'var(--own-2)',
  }));
  const axes = { x: phrase`standard deviation of the noise that was added`, y: phrase`width of the interval` };
  const chart = scatterChart([...points, ...large], axes, language);
  const note = sentences(
    phrase`Each small dot is a test row, a large one the mean of a tenth of them.`,
    phrase`Rank correlation (Spearman): ${rank!} row by row, ${bandRank!} over the tenths; 1 would be intervals that follow the noise exactly.`,
  );
  return { title: language.say(phrase`Spread against noise`), html: figure(chart, note, language) };
}
