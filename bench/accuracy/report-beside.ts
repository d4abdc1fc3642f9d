import { mean, row } from './figures';
import type { Measurement, ModelScores } from './measure';
import type { SuiteTable } from './suite';

const compared = ['read', 'alone', 'random'] as const;
type Compared = Pick<Measurement, (typeof compared)[number]>;

/** Lines of a table: the model that only reads, the one that is fine-tuned, and one of random weights that is, without the nearest rows. */
export function reportBeside(tables: readonly SuiteTable[], measurements: readonly Measurement[]): string[] {
  return (['classification', 'regression'] as const).flatMap((task) => {
    const rows = tables
      .filter((table) => table.task === task)
      .map(({ name }) => ({
        name,
        runs: measurements.filter(({ table, alone, read, random }) => table === name && alone && (read ?? random)),
      }))
      .filter(({ runs }) => runs.length > 0);
    return rows.length === 0 ? [] : [...section(task, rows), ''];
  });
}

function section(
  task: SuiteTable['task'],
  rows: readonly { readonly name: string; readonly runs: readonly Compared[] }[],
): string[] {
  const measures = task === 'classification' ? (['score', 'logLoss', 'auc'] as const) : (['score'] as const);
  const names = { read: 'only read', alone: 'fine-tuned', random: 'random weights, fine-tuned' };
  const labels = { score: task === 'classification' ? '%' : 'error', logLoss: 'log-loss', auc: 'AUC' };
  const columns = measures.flatMap((measure) => compared.map((of) => ({ measure, of })));
  const digits = (measure: keyof ModelScores): number => (measure === 'score' && task === 'classification' ? 1 : 3);
  const figures = rows.map(({ runs }) =>
    columns.map(({ measure, of }) => meanOfAll(runs, (run) => run[of]?.[measure])),
  );
  const complete = figures.filter((values) => values.every((value) => value !== undefined));
  const cells = (values: readonly (number | undefined)[]): string[] =>
    values.map((value, index) => value?.toFixed(digits(columns[index]!.measure)) ?? '');
  const header = ['table', 'seeds', ...columns.map(({ measure, of }) => `${names[of]}, ${labels[measure]}`)];
  return [
    '## What reading, fine-tuning and pretraining are worth',
    '',
    row(header),
    row(header.map(() => '---')),
    ...rows.map(({ name, runs }, index) => row([name, String(runs.length), ...cells(figures[index]!)])),
    row([
      `mean of ${complete.length} with all`,
      '',
      ...cells(columns.map((_, index) => meanOfAll(complete, (values) => values[index]))),
    ]),
  ];
}

/** Undefined unless every one has it. */
function meanOfAll<Item>(items: readonly Item[], of: (item: Item) => number | undefined): number | undefined {
  const values = items.flatMap((item) => of(item) ?? []);
  return values.length === 0 || values.length < items.length ? undefined : mean(values);
}
