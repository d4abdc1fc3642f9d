import { LiftError } from '../../../src/core/foundation/lift-error';
import type { RenderedPrompt } from '../../../src/core/prompt/prompt-segment';
import { PromptWriter } from '../../../src/core/prompt/prompt-writer';
import type { TemplateProblem } from '../../../src/core/prompt/template/template-problem';
import type { Recipe } from '../../../src/core/recipe/recipe';
import type { PreviewRow, TableView } from '../../../src/shared/recipe-view';
import { l10n } from '../../common/l10n';

export interface Preview {
  readonly rendered: RenderedPrompt | undefined;
  /** What is wrong with the template texts, with places. */
  readonly problems: readonly TemplateProblem[];
  /** Anything else that keeps the row from being written. */
  readonly error: string | undefined;
}

/** Writes a row exactly as training will: the same writer, the same fit. */
export function preview(recipe: Recipe, { columns, fit }: TableView, row: PreviewRow | undefined): Preview {
  const names = columns.map(({ name }) => name);
  const problems = PromptWriter.problems(recipe, names);
  if (problems.length > 0 || row === undefined) return { rendered: undefined, problems, error: undefined };
  try {
    const writer = PromptWriter.create(recipe, fit, names);
    return { rendered: writer.render(row.cells, row.examples), problems, error: undefined };
  } catch (error) {
    const { message, hint } = LiftError.from(error).said;
    return { rendered: undefined, problems, error: `${l10n.said(message)} ${l10n.said(hint)}` };
  }
}
