import { phrase, sentences } from '../../foundation/phrase';
import { correlation } from '../../evaluation/correlation';
import { parseNumber } from '../../table/columns/parse-number';
import type { Column } from '../../table/table';
import { targetIndex } from '../parted-rows';
import { rootMeanSquaredError } from '../root-mean-squared-error';
import type { StudyInput, StudyKind, StudyRun } from '../study';
import { numericFeatures } from '../numeric-features';
import { numericColumns } from '../requirements';
import { fewerRows } from './sample-complexity';

/** Sizes of the training part, besides all of it; the paper goes from 1 to 512. */
const sizes = [2, 8, 32, 128, 512];

export const contradictingPrompts: StudyKind = {
  name: 'contradicting-prompts',
  task: 'regression',
  title: phrase`Does it matter what the prompt says of the answer?`,
  question: phrase`Is learning slower when prompts state a rule that contradicts the rows?`,
  requires: [numericColumns(2)],
  method: sentences(
    phrase`Two columns of numbers are told in three wordings: “a=…, b=…, y= what is y?”; with a+b in the place of y; and with a-b.`,
    phrase`Which of the two agrees with the rows is told by whether the answers of the training rows grow with both columns, or fall with one of them.`,
    phrase`Other columns are not told, and the answers of the nearest rows are left out of the predictions.`,
  ),
  reading: phrase`Where the three lines of LIFT meet, the rows have outweighed the words.`,
  axis: { label: phrase`training rows`, scale: 'log' },
  besides: [rootMeanSquaredError],
  plan: (input) => {
    const [first, second] = numericFeatures(input) as [Column, Column];
    return input.seeds.flatMap((seed) => {
      const { train } = input.parts(seed);
      const points = [...sizes.filter((size) => size < train.length), train.length];
      const wordings = wordingsOf(input, seed, [first, second]);
      return points.flatMap((size) =>
        wordings.map(({ id, series, ending }): StudyRun => ({
          id: `${id}-${size}-seed-${seed}`,
          series,
          x: size,
          seed,
          rows: () => fewerRows(input, seed, size),
          set: promptOf(input, [first, second], ending),
          baselines: id === 'standard',
        })),
      );
    });
  },
};

/** What stands before the question in each wording, such as "y", "x1+x2" and "x1-x2". */
function wordingsOf(
  input: StudyInput,
  seed: number,
  [first, second]: readonly [Column, Column],
): { id: string; series: StudyRun['series']; ending: string }[] {
  const target = targetIndex(input);
  const rows = input.parts(seed).train.map((row) => input.table.rows[row]!);
  const [rising, other] = [first, second].map(({ index }) => {
    const pairs = rows.flatMap((cells) => {
      const [x, y] = [index, target].map((place) => parseNumber(cells[place] ?? ''));
      return x === undefined || y === undefined ? [] : [[x, y] as const];
    });
    const together = correlation(
      pairs.map(([x]) => x),
      pairs.map(([, y]) => y),
    );
    return (together ?? 0) >= 0;
  });
  const spoken = ({ name }: Column): string => input.recipe.features.find(({ column }) => column === name)!.name;
  const [sum, difference] = ['+', '-'].map((sign) => `${spoken(first)}${sign}${spoken(second)}`) as [string, string];
  const isSum = rising === other;
  return [
    { id: 'standard', series: phrase`LIFT, no rule`, ending: input.recipe.target.name },
    { id: 'agreeing', series: phrase`LIFT, agreeing rule`, ending: isSum ? sum : difference },
    { id: 'contradicting', series: phrase`LIFT, contradicting rule`, ending: isSum ? difference : sum },
  ];
}

/** The paper's wording: both numbers, what is said of the answer, and the question. */
function promptOf(input: StudyInput, told: readonly Column[], ending: string): string[] {
  const names = new Set(told.map(({ name }) => name));
  const others = input.recipe.features.filter(({ column, include }) => include && !names.has(column));
  return [
    'template.name=paper-names',
    'template.name=rule',
    `template.question={{#features ", "}}{{name}}={{value}}{{/features}}, {{${JSON.stringify(ending)}}}= what is {{target}}?`,
    'prediction.neighbours=false',
    ...others.map(({ column }) => `features.${column}.include=false`),
  ];
}
