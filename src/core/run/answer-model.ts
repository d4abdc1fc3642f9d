import { CompletionEncoder } from '../inference/completion-encoder';
import { averageProbabilities, columnOrders } from '../inference/permutation-ensemble';
import { scoreCompletions } from '../inference/score-completions';
import { Scorer } from '../inference/scorer';
import type { ScorerOptions } from '../inference/scorer';
import type { ModelFolder } from '../model/model-folder';
import type { PromptWriter } from '../prompt/prompt-writer';
import type { Recipe } from '../recipe/recipe';
import { answerChoices } from './answer-choices';
import type { AnswerChoices } from './answer-choices';
import type { RawAnswer } from './answers';
import { breather } from './breathe';
import type { PromptLimits } from './encode-prompt';
import type { RunContext } from './events';
import type { PromptRow, PromptSource } from './prompt-source';
import type { StageReport } from './stage-clock';
import { promptText } from './token-examples';

export interface AnswerModelOptions {
  readonly recipe: Recipe;
  readonly writer: PromptWriter;
  readonly source: PromptSource;
  readonly limits: PromptLimits;
  /** What was trained, when it is not part of the model folder itself. */
  readonly trained: ScorerOptions['trained'];
}

/** A trained model that answers rows by scoring every possible answer. */
export class AnswerModel {
  private readonly choices: AnswerChoices;
  private readonly encoder: CompletionEncoder;
  private readonly orders: readonly (readonly number[])[];

  private constructor(
    private readonly scorer: Scorer,
    private readonly options: AnswerModelOptions,
  ) {
    const { recipe, writer, limits } = options;
    this.choices = answerChoices(writer);
    this.encoder = new CompletionEncoder(limits.tokenizer, this.choices.completions);
    this.orders = columnOrders(writer.featureCount, recipe.prediction.permutations, recipe.training.seed);
  }

  static async open(model: ModelFolder, options: AnswerModelOptions, { threads }: RunContext): Promise<AnswerModel> {
    const { recipe, trained } = options;
    const restricted = recipe.task === 'regression' || recipe.training.softmax === 'answers';
    const scorer = await Scorer.open(model, { head: restricted ? 'restricted' : 'full', trained, threads });
    return new AnswerModel(scorer, options);
  }

  /** The answers of rows, in their order. Throws `prompt-too-long`, `cancelled`. */
  async answer(rows: readonly PromptRow[], { signal }: RunContext, report: StageReport): Promise<RawAnswer[]> {
    const breathe = breather(signal);
    const total = rows.length * this.orders.length;
    const views: (readonly ArrayLike<number>[])[] = [];
    for (const [view, order] of this.orders.entries()) {
      const asked = [];
      for (const row of rows) {
        await breathe();
        const prompt = this.options.source.encode(row, this.options.limits, view === 0 ? undefined : order);
        asked.push(this.encoder.row(promptText(prompt)));
      }
      const { probabilities } = await scoreCompletions(this.scorer, asked, {
        signal,
        onProgress: (done) => {
          report((view * rows.length + done) / total);
        },
      });
      views.push(probabilities);
    }
    return averageProbabilities(views).map((probabilities) => this.answerOf(probabilities));
  }

  close(): Promise<void> {
    return this.scorer.close();
  }

  private answerOf(probabilities: Float64Array): RawAnswer {
    const { values } = this.choices;
    return values
      ? { kind: 'numbers', distribution: { values, probabilities }, fallback: '' }
      : { kind: 'classes', scores: probabilities.map(Math.log), fallback: '' };
  }
}
