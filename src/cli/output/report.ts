import { join } from 'node:path';
import type {
  BaselineReport,
  BaselinesResult,
  EvaluateResult,
  FineTuneResult,
  Metrics,
  PredictResult,
  SampleRow,
} from '../../core/run/requests';
import { durationText } from './duration';
import { metricText, shownMetrics } from './metric-names';
import type { Style } from './style';
import { textTable } from './text-table';

type Task = FineTuneResult['task'];

/** What a person reads at the end of fine-tuning: rows with predictions, metrics beside the baselines', where it lies. */
export function fineTuneReport(result: FineTuneResult, style: Style): string[] {
  const { task, metrics, timing } = result;
  const others = Object.entries(metrics.baselines);
  const alone = metrics.modelAlone ? [['LIFT, its model alone', metrics.modelAlone] as const] : [];
  const seconds = timing.total ?? 0;
  return [
    '',
    ...section('Some test rows', sampleLines(result.samples, style), style),
    ...section(
      'Test rows',
      metricLines(task, [['LIFT', metrics.test], ...alone, ...others.map(testMetrics)], style),
      style,
    ),
    ...comparison(result, style),
    ...fallbackLines(result.fallbacks),
    ...(result.madeRows === undefined
      ? []
      : [
          `Learnt from ${result.madeRows.toLocaleString('en')} made rows beside the real ones: ${join(result.run, 'made-rows.csv')}`,
        ]),
    `Done in ${durationText(seconds)}. All predictions: ${join(result.run, 'predictions.csv')}`,
  ];
}

export function predictReport(result: PredictResult, style: Style): string[] {
  const { task, metrics } = result;
  return [
    '',
    ...section('Some rows', sampleLines(result.samples, style), style),
    ...(metrics ? section('All rows', metricLines(task, [['LIFT', metrics]], style), style) : []),
    ...fallbackLines(result.fallbacks),
    `${result.rows.toLocaleString('en')} rows predicted. All predictions: ${result.out}`,
  ];
}

export function evaluateReport(result: EvaluateResult, style: Style): string[] {
  const title = `${result.rows.toLocaleString('en')} rows`;
  return [
    '',
    ...section(title, metricLines(result.task, [['LIFT', result.metrics]], style), style),
    ...fallbackLines(result.fallbacks),
  ];
}

export function baselinesReport({ task, baselines }: BaselinesResult, style: Style): string[] {
  const entries = Object.entries(baselines);
  const settings = entries
    .filter(([, report]) => report.settings !== '')
    .map(([name, { settings }]) => [name, settings]);
  const columns = [
    { title: 'method', align: 'left' },
    { title: 'best on validation', align: 'left' },
  ] as const;
  return [
    '',
    ...section('Test rows', metricLines(task, entries.map(testMetrics), style), style),
    ...section('Settings', textTable(columns, settings), style),
  ];
}

function section(title: string, lines: readonly string[], style: Style): string[] {
  return lines.length === 0 ? [] : [style.bold(title), ...lines.map((line) => `  ${line}`), ''];
}

function testMetrics([name, report]: [string, BaselineReport]): [string, Metrics] {
  return [name, report.test];
}

function metricLines(task: Task, entries: readonly (readonly [string, Metrics])[], style: Style): string[] {
  const shown = shownMetrics[task].filter(({ key }) => entries.some(([, metrics]) => metrics[key] !== undefined));
  const lines = textTable(
    [{ title: 'method', align: 'left' }, ...shown.map(({ title }) => ({ title, align: 'right' }) as const)],
    entries.map(([name, metrics]) => [name, ...shown.map(({ key }) => metricText(metrics[key], task))]),
  );
  return lines.map((line, index) => (index === 0 ? style.dim(line) : line));
}

/** One honest sentence when a baseline does better on the test rows. */
function comparison({ task, metrics }: FineTuneResult, style: Style): string[] {
  const { key, title, higher } = shownMetrics[task][0]!;
  const own = metrics.test[key];
  if (own === undefined) return [];
  let best: readonly [string, number] | undefined;
  for (const [name, { test }] of Object.entries(metrics.baselines)) {
    const value = test[key];
    if (value !== undefined && (higher ? value > (best?.[1] ?? own) : value < (best?.[1] ?? own))) best = [name, value];
  }
  if (!best) return [];
  const [name, value] = best;
  const rows = metrics.test.count ?? 0;
  return [
    style.yellow(
      `LIFT is behind on this table: ${name} reaches ${title} ${metricText(value, task)}, ` +
        `LIFT ${metricText(own, task)}, on the same ${rows.toLocaleString('en')} test rows.`,
    ),
    '',
  ];
}

function fallbackLines(fallbacks: Readonly<Record<string, number>>): string[] {
  return Object.entries(fallbacks)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `Fallback "${kind}": ${count.toLocaleString('en')} rows.`);
}

const CELLS_SHOWN = 4;

function sampleLines(samples: readonly SampleRow[], style: Style): string[] {
  const [first] = samples;
  if (!first) return [];
  const withTruth = samples.some(({ truth }) => truth !== undefined);
  const cellTitles = first.cells
    .slice(0, CELLS_SHOWN)
    .map(([name]) => ({ title: name, align: 'left', widest: 18 }) as const);
  const lines = textTable(
    [
      { title: 'line', align: 'right' },
      ...cellTitles,
      ...(withTruth ? [{ title: 'truth', align: 'left', widest: 24 } as const] : []),
      { title: 'prediction', align: 'left', widest: 24 },
      { title: '', align: 'left' },
      { title: '', align: 'left' },
    ],
    samples.map((sample) => [
      String(sample.lineNumber),
      ...sample.cells.slice(0, CELLS_SHOWN).map(([, value]) => value),
      ...(withTruth ? [sample.truth ?? ''] : []),
      shownPrediction(sample),
      sureness(sample),
      sample.confidence !== undefined && sample.truth !== undefined && sample.truth !== sample.prediction ? '✗' : '',
    ]),
  );
  return lines.map((line, index) => (index === 0 ? style.dim(line) : line.endsWith('✗') ? style.red(line) : line));
}

/** A number as exactly as a person reads it; a class as it is. */
function shownPrediction({ prediction, confidence, lower }: SampleRow): string {
  const isNumber = confidence === undefined && lower !== undefined;
  return isNumber ? metricText(Number(prediction), 'regression') : prediction;
}

function sureness({ confidence, lower, upper }: SampleRow): string {
  if (confidence !== undefined) return `${(confidence * 100).toFixed(0)} %`;
  if (lower === undefined || upper === undefined) return '';
  return `${metricText(lower, 'regression')} … ${metricText(upper, 'regression')}`;
}
