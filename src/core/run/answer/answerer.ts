import type { ScorerOptions } from '../../inference/scorer';
import type { ModelFolder } from '../../model/model-folder';
import type { PromptWriter } from '../../prompt/prompt-writer';
import type { Recipe } from '../../recipe/recipe';
import type { RawAnswer } from './answers';
import { openChoiceAnswerer } from './choice-answerer';
import type { PromptLimits } from '../task/encode-prompt';
import type { RunContext } from '../events';
import { openNumberAnswerer } from './number-answerer';
import { openPaperAnswerer } from './paper-answerer';
import type { PromptRow, PromptSource } from '../task/prompt-source';
import type { StageReport } from '../progress/stage-clock';
import type { TargetFacts } from '../task/target-facts';

/** All that it takes to ask a model about rows. */
export interface AskingOptions {
  readonly recipe: Recipe;
  readonly writer: PromptWriter;
  readonly source: PromptSource;
  readonly limits: PromptLimits;
  readonly target: TargetFacts;
  /** What was trained, when it is not part of the model folder itself. */
  readonly trained: ScorerOptions['trained'];
}

/** A loaded model that answers rows. */
export interface Answerer {
  /** The answers of rows, in their order. Throws `prompt-too-long`, `cancelled`. */
  answer(rows: readonly PromptRow[], context: RunContext, report: StageReport): Promise<RawAnswer[]>;
  close(): Promise<void>;
}

/**
 * Loads a model to answer as the recipe says: by scoring all classes or all scaled numbers, by decoding numbers of other
 * forms under a grammar, or by generating text as the paper does.
 */
export function openAnswerer(model: ModelFolder, options: AskingOptions, context: RunContext): Promise<Answerer> {
  const { recipe, writer } = options;
  if (recipe.prediction.mode === 'paper') return openPaperAnswerer(model, options, context);
  const { kind } = writer.answerFormatter.fitted;
  const countable = recipe.task === 'classification' || kind === 'scaled' || kind === 'scaled-linear';
  return countable ? openChoiceAnswerer(model, options, context) : openNumberAnswerer(model, options, context);
}
