import { phrase, sentences } from '../../foundation/phrase';
import { changeRows, partedRows, targetIndex } from '../parted-rows';
import { likenessSection } from '../report/likeness-section';
import type { StudyKind, StudyRun } from '../study';
import { teacherLabels } from '../teachers/teacher-labels';
import { teachers } from '../teachers/teachers';

export const teacherSimilarity: StudyKind = {
  name: 'teachers',
  task: 'classification',
  title: phrase`Which method is the model most like?`,
  question: phrase`Whose labels are learnt best: those of a straight line, of near rows, of a tree?`,
  method: sentences(
    phrase`Simple models, the teachers, are trained on the training rows.`,
    phrase`Each then labels all rows anew: LIFT and the baselines learn its labels of the training rows, and are judged by its labels of the test rows.`,
    phrase`The true labels of the test rows play no part.`,
  ),
  reading: sentences(
    phrase`A method is right most often where its teacher sees rows as it does itself.`,
    phrase`Some teachers are easier for everyone: see below how far LIFT is from the other methods.`,
  ),
  axis: { label: phrase`teacher`, scale: 'category', concernsBaselines: true },
  plan: async (input) => {
    const target = targetIndex(input);
    const runs: StudyRun[] = [];
    for (const seed of input.seeds) {
      const said = await teacherLabels(input, seed);
      for (const { id, name } of teachers) {
        const labels = said.get(id)!;
        // One that says the same of all training rows has nothing to teach.
        if (new Set(labels.slice(0, input.parts(seed).train.length)).size < 2) continue;
        runs.push({
          id: `${id}-seed-${seed}`,
          series: phrase`LIFT`,
          x: name,
          seed,
          rows: () =>
            changeRows(partedRows(input, seed), ['train', 'validation', 'test'], (cells, place) => {
              cells[target] = labels[place]!;
            }),
          baselines: true,
        });
      }
    }
    return runs;
  },
  sections: async (results, input, language) => [await likenessSection(results, input, language)],
};
