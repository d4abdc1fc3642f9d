import { writeFileAtomically } from '../../foundation/atomic-file';
import { nameOfFile } from '../../recipe/document/complete-recipe';
import { liftVersion } from '../../run/folder/versions';
import type { OpenedStudy } from '../open-study';
import { durationWords } from '../study-progress';
import { paperFigures } from '../paper-figures';
import type { StudySeries } from '../requests';
import type { StudyKind, StudyResult } from '../study';
import { mainMeasure, summarise } from '../summary';
import { dotChart } from './dot-chart';
import { escaped, htmlFacts, htmlTable } from '../../report/html';
import { legend, lineChart } from './line-chart';
import { methodLabel } from './method-label';
import { reportPage } from '../../report/page';
import type { ReportSection } from '../../report/section';

/** Writes the report of a study: the plot, its figures, the paper's where there are any, and how it was made. */
export async function writeReport(study: OpenedStudy, results: readonly StudyResult[]): Promise<void> {
  const { kind, folder, input } = study;
  const more = (await kind.sections?.(results, input)) ?? [];
  const sections = [plotSection(study, results), ...more, ...paperSection(study), madeSection(study, results)];
  const title = `${kind.title} – ${nameOfFile(input.table.source.path)}`;
  await writeFileAtomically(folder.report, reportPage(title, kind.question, sections));
}

function plotSection({ kind, input }: OpenedStudy, results: readonly StudyResult[]): ReportSection {
  const { task } = input.recipe;
  const { title, higher, meaning } = mainMeasure[task];
  const series = summarise(results, task);
  const measure = `${title} on the test rows (${higher ? 'higher' : 'lower'} is better)`;
  const { scale, label } = kind.axis;
  const chart =
    scale === 'category'
      ? dotChart(series, measure) + legendOfDots(series)
      : lineChart(series, { x: { scale, label }, y: measure }) + legend(series);
  const { seeds } = input;
  const spread =
    seeds.length === 1
      ? 'Measured once, with one random split: differences of a few rows may be chance.'
      : `Means of ${seeds.length} seeds (random splits and trainings); bars: one standard deviation.`;
  const caption = `${kind.reading} ${meaning} ${spread}`;
  const html =
    `<figure>${chart}<figcaption>${escaped(caption)}</figcaption></figure>` +
    figuresTable(series, label, scale, seeds.length === 1 ? title : 'mean');
  return { title: 'Result', html };
}

/** Of dots the line says what they are, unless there are several of LIFT's own. */
function legendOfDots(series: readonly StudySeries[]): string {
  const own = series.filter(({ kind }) => kind === 'lift');
  return own.length > 1 ? legend(own) : '';
}

function figuresTable(
  series: readonly StudySeries[],
  label: string,
  scale: StudyKind['axis']['scale'],
  valueTitle: string,
): string {
  const text = ({ mean, deviation, seeds }: StudySeries['points'][number]): string =>
    seeds === 1 ? mean.toFixed(3) : `${mean.toFixed(3)} ± ${deviation.toFixed(3)}`;
  if (scale === 'category') {
    // Categories are long: one line each, then the baselines.
    const lines = series.flatMap(({ name, kind, points }) =>
      points.map((point) => [kind === 'baseline' ? methodLabel(name) : `${name}: ${point.x}`, text(point)]),
    );
    return htmlTable([label, valueTitle], lines);
  }
  const xs = [...new Set(series.flatMap(({ points }) => points.map(({ x }) => x)))];
  xs.sort((a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : 0));
  const rows = series.map(({ name, points }) => [
    methodLabel(name),
    ...xs.map((x) => {
      const point = points.find((candidate) => candidate.x === x);
      return point ? text(point) : '';
    }),
  ]);
  return htmlTable([label, ...xs.map(String)], rows);
}

function paperSection({ kind, input }: OpenedStudy): ReportSection[] {
  const figures = paperFigures(kind.name, nameOfFile(input.table.source.path));
  if (!figures) return [];
  const note = `<p>${escaped(figures.note)}</p>`;
  return [{ title: 'What the paper reports', html: note + htmlTable(figures.columns, figures.rows) }];
}

function madeSection({ kind, input }: OpenedStudy, results: readonly StudyResult[]): ReportSection {
  const { table, recipe, seeds } = input;
  const seconds = results.reduce((sum, { timing }) => sum + (timing.total ?? 0), 0);
  const facts: [string, string][] = [
    ['Table', `${table.source.path}, ${table.rows.length.toLocaleString('en')} rows`],
    ['Predicted', `${recipe.target.column} (${recipe.task})`],
    ['Model', recipe.model.id],
    ['Seeds', `${seeds.join(', ')} (of the random split and the training)`],
    ['Runs', `${results.length}, ${durationWords(seconds)} together`],
    ['LIFT', liftVersion],
  ];
  const html =
    `<p>${escaped(kind.method)}</p>${htmlFacts(facts)}` +
    '<p class="faint">LIFT is the language model that reads each row as a text; all other methods are baselines: simpler models ' +
    'of the same table. The baselines are trained on the very same rows and tuned on the same validation rows. All figures of ' +
    'all runs are in results.csv and results.json beside this file, the recipe in recipe.lift.json. The method: Dinh et al., ' +
    'LIFT: Language-Interfaced Fine-Tuning for Non-Language Machine Learning Tasks, NeurIPS 2022, arXiv:2206.06565.</p>';
  return { title: 'How it was made', html };
}
