import type * as v from 'valibot';
import { builtinTemplateNames, builtinTemplates, isBuiltinTemplateName } from '../../prompt/template/builtin-templates';
import type { TemplateTexts } from '../../prompt/template/builtin-templates';
import { spokenName } from '../../prompt/names/spoken-name';
import { nearestName } from '../../foundation/nearest-name';
import type { Recipe } from '../recipe';
import type { RecipeProblem } from '../recipe-problem';
import type { recipeSchema } from '../schema/recipe-schema';
import { phrase } from '../../foundation/phrase';

type Validated = v.InferOutput<typeof recipeSchema>;

/**
 * Fills in the fields whose defaults depend on other fields: names and units from the column names, template texts from the
 * built-in template, the recipe's name from its dataset; and finds the problems that lie between fields.
 */
export function completeRecipe(validated: Validated): { recipe: Recipe; problems: RecipeProblem[] } {
  const { version, name, ...others } = validated;
  const { target, features, template } = others;
  const texts = isBuiltinTemplateName(template.name) ? builtinTemplates[template.name].texts : undefined;
  const recipe: Recipe = {
    version,
    name: name ?? nameOfFile(validated.dataset),
    ...others,
    target: { column: target.column, ...spoken(target), labels: target.labels, format: target.format },
    features: features.map(({ column, format, include, missing, ...said }) => {
      // What part of the split a row is in is nothing to learn from.
      const told = include && column !== others.split.column;
      return { column, ...spoken({ column, ...said }), format, include: told, missing };
    }),
    template: {
      name: template.name,
      preamble: template.preamble,
      question: template.question ?? texts?.question ?? '',
      completion: template.completion ?? texts?.completion ?? '',
      example: template.example ?? texts?.example ?? '',
      questionEnd: template.questionEnd,
      answerEnd: template.answerEnd,
    },
  };
  return { recipe, problems: [...templateProblems(template), ...columnProblems(recipe)] };
}

/** The name of a file without its folders and its ending. */
export function nameOfFile(path: string): string {
  const file = path.split(/[/\\]/u).at(-1)!;
  return file.replace(/(?<=.)\.[^.]*$/u, '');
}

function spoken(column: { column: string; name?: string | undefined; unit?: string | undefined }): {
  name: string;
  unit: string;
} {
  const fromColumn = spokenName(column.column);
  return { name: column.name ?? fromColumn.name, unit: column.unit ?? fromColumn.unit };
}

function templateProblems(template: Validated['template']): RecipeProblem[] {
  if (isBuiltinTemplateName(template.name)) return [];
  const absent = (['question', 'completion', 'example'] satisfies (keyof TemplateTexts)[]).filter(
    (part) => template[part] === undefined,
  );
  if (absent.length === 0) return [];
  const near = nearestName(template.name, builtinTemplateNames);
  const advice =
    near === undefined
      ? phrase`Built-in templates are ${builtinTemplateNames.join(', ')}.`
      : phrase`Did you mean "${near}"?`;
  return [
    {
      path: 'template.name',
      message: phrase`"${template.name}" is no built-in template, and the recipe has no ${absent.join(', ')} of its own.`,
      hint: advice,
    },
  ];
}

function columnProblems({ features, target }: Recipe): RecipeProblem[] {
  const problems: RecipeProblem[] = [];
  const seen = new Map<string, number>();
  features.forEach(({ column }, index) => {
    const path = `features[${index}].column`;
    const before = seen.get(column);
    seen.set(column, before ?? index);
    if (before !== undefined) {
      problems.push({
        path,
        message: phrase`names "${column}", as features[${before}] does.`,
        hint: phrase`Take one of them out.`,
      });
    } else if (column === target.column) {
      const message = phrase`names "${column}", which is the target: prompts would give the answer away.`;
      problems.push({ path, message, hint: phrase`Take this feature out, or choose another target.` });
    }
  });
  if (features.every((feature) => !feature.include)) {
    const hint = phrase`Set "include" to true for the columns that prompts should tell.`;
    problems.push({ path: 'features', message: phrase`include no column.`, hint });
  }
  return problems;
}
