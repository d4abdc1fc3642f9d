import { builtinTemplates, isBuiltinTemplateName } from '../prompt/template/builtin-templates';
import type { BuiltinTemplateName } from '../prompt/template/builtin-templates';
import type { PromptFeature } from '../prompt/prompt-spec';
import type { Column } from '../table/table';
import { isNumeric } from './infer/infer-features';
import type { Recipe } from './recipe';

/**
 * The recipe with another built-in template. Number formats that were those of the template before become those of the new
 * one; formats that somebody chose stay, and so do the preamble and the end marks.
 *
 * @param columns those of the table, when it is at hand: the formats of columns that hold no numbers stay
 */
export function useTemplate(recipe: Recipe, name: BuiltinTemplateName, columns: readonly Column[] = []): Recipe {
  const { texts, numberFormat, answerFormat } = builtinTemplates[name];
  const before = isBuiltinTemplateName(recipe.template.name) ? builtinTemplates[recipe.template.name] : undefined;
  const wordColumns = new Set(columns.filter((column) => !isNumeric(column)).map((column) => column.name));
  const changed = <Format>(format: Format, old: unknown, fresh: Format): Format => (format === old ? fresh : format);
  return {
    ...recipe,
    target: { ...recipe.target, format: changed(recipe.target.format, before?.answerFormat, answerFormat) },
    features: recipe.features.map((feature): PromptFeature => ({
      ...feature,
      format: wordColumns.has(feature.column)
        ? feature.format
        : changed(feature.format, before?.numberFormat, numberFormat),
    })),
    template: {
      ...recipe.template,
      name,
      question: texts.question,
      completion: texts.completion,
      example: texts.example,
    },
  };
}
