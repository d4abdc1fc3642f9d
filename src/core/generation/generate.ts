import { writeFileAtomically } from '../foundation/atomic-file';
import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { requireWritable } from '../foundation/require-writable';
import type { RunContext } from '../run/events';
import { openModelOf } from '../run/train/open-model';
import { StageClock } from '../run/progress/stage-clock';
import type { Cell } from '../table/table';
import { csvText } from '../table/csv/write-csv';
import { readConditions } from './conditions';
import { KnownRows } from './copies';
import { reportPage } from '../report/page';
import { ReportLanguage } from '../report/report-language';
import { fidelityOf } from './fidelity';
import { fidelitySections } from './fidelity-sections';
import { leadOf } from './lead';
import { generatorModel } from './generator-model';
import { makeRows } from './make-rows';
import type { GenerateRequest, GenerateResult } from './requests';
import { realRows } from './small-table';
import { openSourceRows } from './source-rows';
import type { RunRows } from './source-rows';
import { spreadOver } from './spread-over';
import { whileThere } from './while-there';
import { notice } from '../run/notice';

const previewRows = 5;

/**
 * Makes rows like those that a run was trained on (LIFT paper, on data generation), and says how like they are. The model in
 * the generating direction is trained when a run is first asked for rows.
 *
 * @throws LiftError `run-invalid` when the run is not done or gone, or its table has changed; `usage` for a condition that
 *   cannot be met, an output that is the table itself, or a model that is not here; `file-unwritable`; `cancelled`, with the
 *   training kept
 */
export async function generate(request: GenerateRequest, context: RunContext): Promise<GenerateResult> {
  const clock = new StageClock(context);
  const source = await openSourceRows(request.run, clock, context);
  return whileThere(source.folder, () => generateLike(source, request, clock, context));
}

async function generateLike(
  source: RunRows,
  request: GenerateRequest,
  clock: StageClock,
  context: RunContext,
): Promise<GenerateResult> {
  const { columns, table, train, test, recipe } = source;
  if (request.out === source.state.dataset.path) {
    throw new LiftError(
      'usage',
      phrase`${request.out} is the table itself, which is never written to.`,
      'Name another file.',
    );
  }
  for (const path of [request.out, request.report ?? []].flat()) await requireWritable(path);
  const conditions = readConditions(request.where, columns);
  const base = await openModelOf(source.state, 'weights', context);
  const given = conditions.map(({ place }) => place);
  const model = await generatorModel(source, base, given, clock, context);
  const real = realRows(source, train);
  const known = new KnownRows(real);
  const { rows: asked, temperature, seed, dropCopies } = request;
  const made = await clock.time('generating', (report) =>
    makeRows(model, { rows: asked, temperature, seed, conditions, known, dropCopies }, context, report),
  );
  if (made.rows.length < asked) {
    const message = phrase`Only ${made.rows.length} of ${asked} rows are made: the others would be copies of training rows. The model knows the table by heart.`;
    context.emit(notice('warning', message));
  }
  // In the order of the table, where the answer is seldom first.
  const order = [...columns.keys()].sort((a, b) => columns[a]!.index - columns[b]!.index);
  const inOrder = (rows: readonly (readonly Cell[])[]): Cell[][] => rows.map((cells) => order.map((at) => cells[at]!));
  const names = order.map((at) => table.columns[columns[at]!.index]!.name);
  await writeFileAtomically(request.out, csvText(names, inOrder(made.rows)));
  const isJudged = conditions.length === 0 && made.rows.length > 0;
  const fidelity = isJudged
    ? await clock.time('comparing', () => fidelityOf(source, made.rows, context.signal))
    : undefined;
  const { report } = request;
  if (report !== undefined && made.rows.length > 0) {
    const alike = real.filter((cells) => conditions.every(({ place, cell }) => cells[place] === cell));
    const language = new ReportLanguage(request.language);
    const title = language.say(phrase`Made rows – ${recipe.name}`);
    const lead = language.say(leadOf(request, made, train.length));
    const sections = fidelitySections({ source, made: made.rows, real: alike }, fidelity, language);
    await writeFileAtomically(report, reportPage(title, lead, sections, language));
  }
  const texts = (rows: readonly (readonly Cell[])[]): string[][] =>
    inOrder(spreadOver(rows, previewRows)).map((cells) => cells.map((cell) => cell ?? ''));
  return {
    run: request.run,
    out: request.out,
    rows: made.rows.length,
    columns: names,
    copies: made.copies,
    written: made.written,
    copiesWritten: made.copiesWritten,
    realCopies: { copies: realRows(source, test).filter((cells) => known.has(cells)).length, rows: test.length },
    fidelity,
    report: made.rows.length > 0 ? report : undefined,
    preview: { made: texts(made.rows), real: texts(real) },
    timing: clock.timing(),
  };
}
