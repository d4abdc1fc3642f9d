import { phrase, sentences } from '../../foundation/phrase';
import type { Phrase } from '../../foundation/phrase';
import { builtinTemplates } from '../../prompt/template/builtin-templates';
import type { BuiltinTemplateName } from '../../prompt/template/builtin-templates';
import { partedRows } from '../parted-rows';
import type { StudyInput, StudyKind, StudyRun } from '../study';

const variants: readonly (readonly [Phrase, BuiltinTemplateName])[] = [
  [phrase`without names I`, 'paper'],
  [phrase`without names II`, 'sentence-plain'],
  [phrase`shuffled names I`, 'paper-shuffled'],
  [phrase`shuffled names II`, 'sentence-shuffled'],
  [phrase`correct names I`, 'paper-names'],
  [phrase`correct names II`, 'sentence'],
];

export const names: StudyKind = {
  name: 'names',
  title: phrase`Do column names help?`,
  question: phrase`Does the model use what the columns are called, or only their values?`,
  method: sentences(
    phrase`The same rows are written as six prompts: in two wordings (I: “When we have a=1, …”; II: “The a is 1. …”), each without names, with the right names, and with the names in wrong places.`,
    phrase`Units are left out everywhere.`,
  ),
  reading: phrase`If right names are better than none, and wrong ones worse, the model knows something about the words.`,
  axis: { label: phrase`prompt`, scale: 'category' },
  // A unit says as much as a name does.
  plan: (input) => promptRuns(input, variants, ['features.*.unit=']),
};

export const promptTemplates: StudyKind = {
  name: 'prompt-templates',
  title: phrase`Which prompt is best?`,
  question: phrase`Does the wording of the prompt change how good the predictions are?`,
  method: phrase`The same rows are written in each of the built-in templates, with the number formats that belong to it.`,
  reading: phrase`Differences that are smaller than the bars of the seeds are chance.`,
  axis: { label: phrase`template`, scale: 'category' },
  plan: (input) => {
    const templates: BuiltinTemplateName[] = ['paper', 'paper-names', 'sentence', 'compact'];
    return promptRuns(
      input,
      templates.map((template) => [phrase`${template}: ${builtinTemplates[template].description}`, template]),
      [],
    );
  },
};

function promptRuns(
  input: StudyInput,
  templates: readonly (readonly [Phrase, BuiltinTemplateName])[],
  set: readonly string[],
): StudyRun[] {
  return input.seeds.flatMap((seed) =>
    templates.map(([x, template], index) => ({
      id: `${template}-seed-${seed}`,
      series: phrase`LIFT`,
      x,
      seed,
      rows: () => partedRows(input, seed),
      // The nearest rows say the same whatever the prompt is like.
      set: [`template.name=${template}`, 'prediction.neighbours=false', ...set],
      // They see no prompts.
      baselines: index === 0,
    })),
  );
}
