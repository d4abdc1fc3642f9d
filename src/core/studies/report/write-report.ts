import { writeFileAtomically } from '../../foundation/atomic-file';
import { amount, phrase, sentences } from '../../foundation/phrase';
import type { Phrase } from '../../foundation/phrase';
import { nameOfFile } from '../../recipe/document/complete-recipe';
import { liftVersion } from '../../run/folder/versions';
import type { OpenedStudy } from '../open-study';
import { durationWords } from '../study-progress';
import { paperFigures } from '../paper/paper-figures';
import type { StudySeries } from '../requests';
import type { Measure, StudyAxis, StudyResult } from '../study';
import { mainMeasure, summarise } from '../summary';
import { toldResults } from '../told-results';
import { dotChart } from './dot-chart';
import { escaped, htmlFacts, htmlTable } from '../../report/html';
import { figuresTable } from './figures-table';
import { legend, lineChart } from './line-chart';
import { reportPage } from '../../report/page';
import type { ReportLanguage } from '../../report/report-language';
import type { ReportSection } from '../../report/section';

/** Writes the report of a study: the plot, its figures, the paper's where there are any, and how it was made. */
export async function writeReport(
  study: OpenedStudy,
  results: readonly StudyResult[],
  language: ReportLanguage,
): Promise<void> {
  const { kind, folder, input } = study;
  const more = (await kind.sections?.(results, input, language)) ?? [];
  const sections = [
    plotSection(study, results, language),
    ...(kind.besides ?? []).map((measure) => besidesSection(measure, study, results, language)),
    ...more,
    ...paperSection(study, language),
    madeSection(study, results, language),
  ];
  const title = `${language.say(kind.title)} – ${nameOfFile(input.table.source.path)}`;
  await writeFileAtomically(folder.report, reportPage(title, language.say(kind.question), sections, language));
}

function plotSection(
  { kind, input }: OpenedStudy,
  results: readonly StudyResult[],
  language: ReportLanguage,
): ReportSection {
  const main = mainMeasure[input.recipe.task];
  const { title, higher, meaning } = main;
  const series = seriesOf(main, kind.axis, results, language);
  const measure = higher
    ? phrase`${title} on the test rows (higher is better)`
    : phrase`${title} on the test rows (lower is better)`;
  const { scale, label, concernsBaselines } = kind.axis;
  const chart =
    scale === 'category'
      ? dotChart(series, measure, language, concernsBaselines ? label : undefined) +
        legendOfDots(series, kind.axis, language)
      : lineChart(series, { x: { scale, label }, y: measure }, language) + legend(series, language);
  const { seeds } = input;
  const spread =
    seeds.length === 1
      ? phrase`Measured once, with one random split: differences of a few rows may be chance.`
      : phrase`Means of ${seeds.length} seeds (random splits and trainings); bars: one standard deviation.`;
  const caption = language.say(sentences(kind.reading, meaning, spread));
  const html =
    `<figure>${chart}<figcaption>${escaped(caption)}</figcaption></figure>` +
    figuresTable(series, kind.axis, seeds.length === 1 ? title : phrase`mean`, language);
  return { title: language.say(phrase`Result`), html };
}

/** Of dots the line says what they are, unless there are several of LIFT's own, or baselines in its lines. */
function legendOfDots(series: readonly StudySeries[], axis: StudyAxis, language: ReportLanguage): string {
  if (axis.concernsBaselines) return legend(series, language, 'dot');
  const own = series.filter(({ kind }) => kind === 'lift');
  return own.length > 1 ? legend(own, language, 'dot') : '';
}

function seriesOf(
  measure: Measure,
  axis: StudyAxis,
  results: readonly StudyResult[],
  language: ReportLanguage,
): StudySeries[] {
  const told = toldResults(results, (said) => language.say(said));
  return summarise(told, measure, axis);
}

function besidesSection(
  measure: Measure,
  { kind, input }: OpenedStudy,
  results: readonly StudyResult[],
  language: ReportLanguage,
): ReportSection {
  const series = seriesOf(measure, kind.axis, results, language);
  const valueTitle = input.seeds.length === 1 ? measure.title : phrase`mean`;
  const better = measure.higher ? phrase`Higher is better.` : phrase`Lower is better.`;
  const note = `<p>${escaped(language.say(sentences(measure.meaning, better)))}</p>`;
  const title = language.say(measure.title);
  const heading = title.charAt(0).toLocaleUpperCase(language.tag) + title.slice(1);
  return { title: heading, html: note + figuresTable(series, kind.axis, valueTitle, language) };
}

function paperSection({ kind, input }: OpenedStudy, language: ReportLanguage): ReportSection[] {
  const figures = paperFigures(kind.name, nameOfFile(input.table.source.path));
  if (!figures) return [];
  const note = `<p>${escaped(language.say(figures.note))}</p>`;
  const columns = figures.columns.map((title) => language.say(title));
  const rows = figures.rows.map(([name, ...values]) => [
    language.say(name),
    ...values.map((value) => language.written(String(value))),
  ]);
  return [{ title: language.say(phrase`What the paper reports`), html: note + htmlTable(columns, rows) }];
}

function madeSection(
  { kind, input }: OpenedStudy,
  results: readonly StudyResult[],
  language: ReportLanguage,
): ReportSection {
  const { table, recipe, seeds } = input;
  const task = recipe.task === 'classification' ? phrase`classification` : phrase`regression`;
  const seconds = results.reduce((sum, { timing }) => sum + (timing.total ?? 0), 0);
  const facts: (readonly [name: Phrase, fact: Phrase])[] = [
    [phrase`Table`, phrase`${table.source.path}, ${amount(table.rows.length)} rows`],
    [phrase`Predicted`, phrase`${recipe.target.column} (${task})`],
    [phrase`Model`, phrase`${recipe.model.id}`],
    [phrase`Seeds`, phrase`${seeds.join(', ')} (of the random split and the training)`],
    [phrase`Runs`, phrase`${results.length}, ${durationWords(seconds)} together`],
    [phrase`LIFT`, phrase`${liftVersion}`],
  ];
  const about = sentences(
    phrase`LIFT is the language model that reads each row as a text; all other methods are baselines: simpler models of the same table.`,
    phrase`The baselines are trained on the very same rows and tuned on the same validation rows.`,
    phrase`All figures of all runs are in results.csv and results.json beside this file, the recipe in recipe.lift.json.`,
    phrase`The method: ${'Dinh et al., LIFT: Language-Interfaced Fine-Tuning for Non-Language Machine Learning Tasks, NeurIPS 2022, arXiv:2206.06565'}.`,
  );
  const html =
    `<p>${escaped(language.say(kind.method))}</p>` +
    htmlFacts(facts.map(([name, fact]) => [language.say(name), language.say(fact)])) +
    `<p class="faint">${escaped(language.say(about))}</p>`;
  return { title: language.say(phrase`How it was made`), html };
}
