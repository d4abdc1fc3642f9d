import { deviation, mean, row } from './figures';
import type { Measurement } from './measure';
import type { SuiteTable } from './suite';

/** Lines of a table: our figures beside the baselines' and the paper's, mean ± standard deviation over seeds. */
export function report(tables: readonly SuiteTable[], measurements: readonly Measurement[]): string[] {
  return (['classification', 'regression'] as const).flatMap((task) => {
    const rows = tables
      .filter((table) => table.task === task)
      .map((table) => ({ table, runs: measurements.filter(({ table: name }) => name === table.name) }))
      .filter(({ runs }) => runs.length > 0);
    return rows.length === 0 ? [] : [...section(task, rows), ''];
  });
}

interface Row {
  readonly table: SuiteTable;
  readonly runs: readonly Measurement[];
}

function section(task: SuiteTable['task'], rows: readonly Row[]): string[] {
  const isBetter = (a: number, b: number): boolean => (task === 'classification' ? a > b : a < b);
  const digits = task === 'classification' ? 1 : 3;
  const baselines = [...new Set(rows.flatMap(({ runs }) => runs.flatMap((run) => Object.keys(run.baselines))))];
  const scores = rows.map(({ table, runs }) => ({
    table,
    runs,
    lift: runs.map(({ lift }) => lift),
    alone: runs.flatMap(({ alone }) => alone?.score ?? []),
    coverage: runs.flatMap(({ coverage }) => coverage ?? []),
    others: baselines.map((name) => runs.flatMap(({ baselines: of }) => of[name] ?? [])),
  }));
  const figure = (values: readonly number[]): string =>
    values.length === 0 ? '' : `${mean(values).toFixed(digits)} ± ${deviation(values).toFixed(digits)}`;
  const own =
    task === 'classification' ? ['LIFT', 'its model alone'] : ['LIFT', 'its model alone', 'in its intervals, %'];
  const header = ['table', ...own, ...baselines, 'paper GPT-J', 'paper GPT-3', 'seconds'];
  const lines = scores.map(({ table, runs, lift, alone, coverage, others }) => [
    table.name,
    figure(lift),
    figure(alone),
    ...(task === 'regression' ? [coverage.length === 0 ? '' : (100 * mean(coverage)).toFixed(1)] : []),
    ...others.map(figure),
    table.paper?.gptJ.toFixed(digits) ?? '',
    table.paper?.gpt3.toFixed(digits) ?? '',
    mean(runs.map(({ seconds }) => seconds)).toFixed(0),
  ]);
  const compared = scores.filter(({ others }) => others.every((values) => values.length > 0) && others.length > 0);
  const withPaper = scores.filter(({ table }) => table.paper !== undefined);
  const meanOf = (part: typeof scores, pick: (row: (typeof scores)[number]) => number): string =>
    part.length === 0 ? '' : mean(part.map(pick)).toFixed(digits);
  const ranks = compared.map(({ lift, others }) => 1 + others.filter((o) => isBetter(mean(o), mean(lift))).length);
  return [
    task === 'classification' ? '## Accuracy, %' : '## Relative absolute error',
    '',
    row(header),
    row(header.map(() => '---')),
    ...lines.map(row),
    row([
      `mean of ${compared.length} with baselines`,
      meanOf(compared, ({ lift }) => mean(lift)),
      ...own.slice(1).map(() => ''),
      ...baselines.map((_, index) => meanOf(compared, ({ others }) => mean(others[index]!))),
      '',
      '',
      '',
    ]),
    ...(withPaper.length === 0
      ? []
      : [
          row([
            `mean of ${withPaper.length} of the paper's`,
            meanOf(withPaper, ({ lift }) => mean(lift)),
            ...own.slice(1).map(() => ''),
            ...baselines.map(() => ''),
            meanOf(withPaper, ({ table }) => table.paper!.gptJ),
            meanOf(withPaper, ({ table }) => table.paper!.gpt3),
            '',
          ]),
        ]),
    '',
    `Wins over every baseline: ${ranks.filter((rank) => rank === 1).length} of ${compared.length}; mean rank ${ranks.length === 0 ? '–' : mean(ranks).toFixed(2)} of ${baselines.length + 1}.`,
  ];
}
