import { english } from '../../core/foundation/phrase';
import { mainMeasure } from '../../core/studies/summary';
import type { StudyResultMessage } from '../../core/studies/requests';
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
  const lines = textTable(
    [{ title: 'method', align: 'left' }, ...xs.map((x) => ({ title: String(x), align: 'right' }) as const)],
    summary.map(({ name, points }) => [
      name,
      ...xs.map((x) => points.find((point) => point.x === x)?.mean.toFixed(3) ?? ''),
    ]),
  );
  return [
    '',
    style.bold(`Test rows: ${english(title)} (${higher ? 'higher' : 'lower'} is better)`),
    ...lines.map((line, index) => `  ${index === 0 ? style.dim(line) : line}`),
    '',
    `${runs} runs. The report: ${report}`,
  ];
}
