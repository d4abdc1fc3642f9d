import { mean, row } from './figures';
import type { Measurement, ModelScores } from './measure';
import type { SuiteTable } from './suite';

const names = {
  read: 'only read',
  alone: 'fine-tuned',
  random: 'random weights, fine-tuned',
  plain: 'without rows in the prompt',
  plainRandom: 'the same from random weights',
};
const compared = ['read', 'alone', 'random', 'plain', 'plainRandom'] as const;
type Compared = Pick<Measurement, (typeof compared)[number]>;

interface Row {
  readonly name: string;
  readonly runs: readonly Compared[];
}

/** Tables of the model without the nearest rows that its answers are pooled with: how it does after what was compared. */
export function reportBeside(tables: readonly SuiteTable[], measurements: readonly Measurement[]): string[] {
  const rowsOf = (task: SuiteTable['task']): Row[] =>
    tables
      .filter((table) => table.task === task)
      .map(({ name }) => ({
        name,
        runs: measurements.filter(
          (run) => run.table === name && run.alone && compared.some((of) => of !== 'alone' && run[of]),
        ),
      }))
      .filter(({ runs }) => runs.length > 0);
  const [classes, numbers] = [rowsOf('classification'), rowsOf('regression')];
  return [
    ...section('Accuracy, %', classes, 'score', 1),
    ...section('Log-loss', classes, 'logLoss', 3),
    ...section('Area under the curve', classes, 'auc', 3),
    ...section('Relative absolute error', numbers, 'score', 3),
  ];
}

function section(title: string, rows: readonly Row[], measure: keyof ModelScores, digits: number): string[] {
  if (rows.length === 0) return [];
  const figures = rows.map(({ runs }) => compared.map((of) => meanOfAll(runs, (run) => run[of]?.[measure])));
  const complete = figures.filter((values) => values.every((value) => value !== undefined));
  const cells = (values: readonly (number | undefined)[]): string[] =>
    values.map((value) => value?.toFixed(digits) ?? '');
  const header = ['table', 'seeds', ...compared.map((of) => names[of])];
  return [
    `## The model alone: ${title}`,
    '',
    row(header),
    row(header.map(() => '---')),
    ...rows.map(({ name, runs }, index) => row([name, String(runs.length), ...cells(figures[index]!)])),
    ...(complete.length === 0
      ? []
      : [
          row([
            `mean of ${complete.length} with all`,
            '',
            ...cells(compared.map((_, index) => meanOfAll(complete, (values) => values[index]))),
          ]),
        ]),
    '',
  ];
}

/** Undefined unless every one has it. */
function meanOfAll<Item>(items: readonly Item[], of: (item: Item) => number | undefined): number | undefined {
  const values = items.flatMap((item) => of(item) ?? []);
  return values.length === 0 || values.length < items.length ? undefined : mean(values);
}
