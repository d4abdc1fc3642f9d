import { builtinTemplates } from '../../prompt/template/builtin-templates';
import type { BuiltinTemplateName } from '../../prompt/template/builtin-templates';
import { partedRows } from '../parted-rows';
import type { StudyInput, StudyKind, StudyRun } from '../study';

const variants: Readonly<Record<string, BuiltinTemplateName>> = {
  'without names I': 'paper',
  'without names II': 'sentence-plain',
  'shuffled names I': 'paper-shuffled',
  'shuffled names II': 'sentence-shuffled',
  'correct names I': 'paper-names',
  'correct names II': 'sentence',
};

export const names: StudyKind = {
  name: 'names',
  title: 'Do column names help?',
  question: 'Does the model use what the columns are called, or only their values?',
  method:
    'The same rows are written as six prompts: in two wordings (I: “When we have a=1, …”; II: “The a is 1. …”), each ' +
    'without names, with the right names, and with the names in wrong places. Units are left out everywhere.',
  reading: 'If right names are better than none, and wrong ones worse, the model knows something about the words.',
  axis: { label: 'prompt', scale: 'category' },
  // A unit says as much as a name does.
  plan: (input) => promptRuns(input, Object.entries(variants), ['features.*.unit=']),
};

export const promptTemplates: StudyKind = {
  name: 'prompt-templates',
  title: 'Which prompt is best?',
  question: 'Does the wording of the prompt change how good the predictions are?',
  method: 'The same rows are written in each of the built-in templates, with the number formats that belong to it.',
  reading: 'Differences that are smaller than the bars of the seeds are chance.',
  axis: { label: 'template', scale: 'category' },
  plan: (input) => {
    const templates: BuiltinTemplateName[] = ['paper', 'paper-names', 'sentence', 'compact'];
    return promptRuns(
      input,
      templates.map((template) => [`${template}: ${builtinTemplates[template].description}`, template]),
      [],
    );
  },
};

function promptRuns(
  input: StudyInput,
  templates: readonly (readonly [string, BuiltinTemplateName])[],
  set: readonly string[],
): StudyRun[] {
  return input.seeds.flatMap((seed) =>
    templates.map(([x, template], index) => ({
      id: `${template}-seed-${seed}`,
      series: 'LIFT',
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
