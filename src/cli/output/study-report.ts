import { english } from '../../core/foundation/phrase';
import { mainMeasure } from '../../core/studies/summary';
import type { StudyResultMessage, StudySeries } from '../../core/studies/requests';
import { durationText } from './duration';
import type { Style } from './style';
import { textTable } from './text-table';

/** What a person reads at the end of a study: the means of its plot, and where the report lies. */
export function studyReport(
  { task, out, report, runs, done, secondsLeft, summary }: StudyResultMessage,
  style: Style,
): string[] {
  if (report === undefined) {
    return [`${done} of ${runs} runs are done. The others take about ${durationText(secondsLeft)}. The study: ${out}`];
  }
  const { title, higher } = mainMeasure[task];
  const xs = [...new Set(summary.flatMap(({ points }) => points.map(({ x }) => x)))];
  xs.sort((a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : 0));
  const figure = ({ points }: StudySeries, x: number | string): string =>
    points.find((point) => point.x === x)?.mean.toFixed(3) ?? '';
  const right = (title: number | string): { title: string; align: 'right' } => ({
    title: String(title),
    align: 'right',
  });
  // Categories are longer than the names of methods: they stand one below the other.
  const lines = xs.some((x) => typeof x === 'string')
    ? textTable(
        [{ title: '', align: 'left' }, ...summary.map(({ name }) => right(name))],
        xs.map((x) => [String(x), ...summary.map((series) => figure(series, x))]),
      )
    : textTable(
        [{ title: 'method', align: 'left' }, ...xs.map(right)],
        summary.map((series) => [series.name, ...xs.map((x) => figure(series, x))]),
      );
  return [
    '',
    style.bold(`Test rows: ${english(title)} (${higher ? 'higher' : 'lower'} is better)`),
    ...lines.map((line, index) => `  ${index === 0 ? style.dim(line) : line}`),
    '',
    `${runs} runs. The report: ${report}`,
  ];
}
