import { phrase, sentences } from '../../foundation/phrase';
import { escaped, htmlTable } from '../../report/html';
import type { ReportLanguage } from '../../report/report-language';
import type { ReportSection } from '../../report/section';
import { partedRows, targetIndex } from '../parted-rows';
import type { StudyInput, StudyResult } from '../study';
import { mainMeasure, meanOf } from '../summary';
import { teacherLabels } from '../teachers/teacher-labels';
import { teachers } from '../teachers/teachers';
import { methodLabel } from './method-label';

const { key } = mainMeasure.classification;
/** It learns nothing of any teacher. */
const guessing = 'majority';

/** Whose labels LIFT learns better than others do, and which of the others does as well with each teacher as LIFT. */
export async function likenessSection(
  results: readonly StudyResult[],
  input: StudyInput,
  language: ReportLanguage,
): Promise<ReportSection> {
  const resultsOf = (id: string): StudyResult[] => results.filter(({ id: run, seed }) => run === `${id}-seed-${seed}`);
  const heard = teachers.filter(({ id }) => resultsOf(id).length > 0);
  const byTeacher = await Promise.all(
    heard.map(async ({ id, name }) => {
      const own = resultsOf(id);
      const methods = [...new Set(own.flatMap(({ baselines }) => Object.keys(baselines)))].filter(
        (method) => method !== guessing,
      );
      const scores = methods.map((method) => meanOf(own.map(({ baselines }) => baselines[method]?.[key] ?? 0)).mean);
      const lift = meanOf(own.map(({ metrics }) => metrics[key] ?? 0)).mean;
      const truth = meanOf(await Promise.all(input.seeds.map((seed) => accuracyOf(id, input, seed)))).mean;
      return {
        name,
        lift,
        others: meanOf(scores).mean,
        truth,
        scores: new Map(methods.map((m, i) => [m, scores[i]!])),
      };
    }),
  );
  const figure = (value: number): string => language.fixed(value, 3);
  const taught = [...byTeacher]
    .sort((a, b) => b.lift - b.others - (a.lift - a.others))
    .map(({ name, lift, others, truth }) => [
      language.say(name),
      figure(lift),
      figure(others),
      `${lift < others ? '−' : '+'}${figure(Math.abs(lift - others))}`,
      figure(truth),
    ]);
  const methods = [...new Set(byTeacher.flatMap(({ scores }) => [...scores.keys()]))];
  const alike = methods
    .map((method) => ({
      method,
      apart: meanOf(byTeacher.map(({ lift, scores }) => Math.abs(lift - scores.get(method)!))).mean,
    }))
    .sort((a, b) => a.apart - b.apart)
    .map(({ method, apart }) => [methodLabel(method, language), figure(apart)]);
  const say = language.say.bind(language);
  const notes = [
    sentences(
      phrase`Of each teacher’s labels of the test rows the share that LIFT predicts, and the mean of the other methods without the majority class; first the teachers whose labels LIFT learns better than others do.`,
      phrase`The last column is how often the teacher itself is right about the true labels.`,
    ),
    phrase`How far each method’s accuracies are from LIFT’s, the mean over the teachers: the first is the most like it.`,
  ];
  const titles = [phrase`teacher`, phrase`LIFT`, phrase`other methods`, phrase`difference`, phrase`teacher and truth`];
  const html =
    `<p>${escaped(say(notes[0]!))}</p>${htmlTable(titles.map(say), taught)}` +
    `<p>${escaped(say(notes[1]!))}</p>${htmlTable([phrase`method`, phrase`apart`].map(say), alike)}`;
  return { title: say(phrase`Whose labels it learns best`), html };
}

/** How often a teacher is right about test rows. */
async function accuracyOf(id: string, input: StudyInput, seed: number): Promise<number> {
  const target = targetIndex(input);
  const labels = (await teacherLabels(input, seed)).get(id)!;
  const right = partedRows(input, seed).flatMap(({ cells, part }, place) =>
    part === 'test' ? [cells[target] === labels[place] ? 1 : 0] : [],
  );
  return meanOf(right).mean;
}
