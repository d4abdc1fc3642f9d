import { phrase, sentences } from '../../foundation/phrase';
import type { Phrase } from '../../foundation/phrase';
import { escaped, htmlTable } from '../../report/html';
import type { ReportLanguage } from '../../report/report-language';
import type { ReportSection } from '../../report/section';
import type { Cell } from '../../table/table';
import { readPredictedRows } from '../predicted-rows';
import type { StudyResult } from '../study';
import { meanOf } from '../summary';

/** Rows that were left out of one of the trainings. */
export interface Gap {
  /** Of its run: `ID-seed-N`. */
  readonly id: string;
  readonly name: Phrase;
  readonly inside: (seed: number) => (cells: readonly Cell[]) => boolean;
}

/** How far off LIFT is inside and outside of each gap, beside the training without a gap (`none-seed-N`). */
export async function gapSection(
  gaps: readonly Gap[],
  results: readonly StudyResult[],
  language: ReportLanguage,
): Promise<ReportSection> {
  const errorsOf = async (id: string, { inside }: Gap): Promise<string[]> => {
    const own = results.filter((result) => result.id === `${id}-seed-${result.seed}`);
    const errors = await Promise.all(own.map(({ run, seed }) => meanErrors(run, inside(seed))));
    return [0, 1].map((place) => {
      const known = errors.flatMap((pair) => pair[place] ?? []);
      return known.length === 0 ? '' : language.written(String(Number(meanOf(known).mean.toPrecision(3))));
    });
  };
  const rows = await Promise.all(
    gaps.map(async (gap) => [
      language.say(gap.name),
      ...(await errorsOf('none', gap)),
      ...(await errorsOf(gap.id, gap)),
    ]),
  );
  const note = sentences(
    phrase`Mean absolute errors of LIFT on the test rows, in the unit of the answers: of those in the gap, and of the others.`,
    phrase`First after all training rows, then after those outside of the gap.`,
  );
  const titles = [
    phrase`gap`,
    phrase`all learnt: in the gap`,
    phrase`all learnt: elsewhere`,
    phrase`gap left out: in the gap`,
    phrase`gap left out: elsewhere`,
  ].map((title) => language.say(title));
  const html = `<p>${escaped(language.say(note))}</p>${htmlTable(titles, rows)}`;
  return { title: language.say(phrase`In the gap, and elsewhere`), html };
}

/** Undefined where no test row is. */
async function meanErrors(run: string, isInside: (cells: readonly Cell[]) => boolean): Promise<(number | undefined)[]> {
  const test = (await readPredictedRows(run)).filter(({ part }) => part === 'test');
  return [true, false].map((wanted) => {
    const errors = test
      .filter(({ cells }) => isInside(cells) === wanted)
      .map(({ truth, prediction }) => Math.abs(Number(truth) - Number(prediction)));
    return errors.length === 0 ? undefined : meanOf(errors).mean;
  });
}
