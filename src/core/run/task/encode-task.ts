import { Random } from '../../foundation/random';
import type { Tokenizer } from '../../model/tokenizer/tokenizer';
import type { TokenExample } from '../../training/batches/token-example';
import { breather } from '../progress/breathe';
import type { EncodedPrompt, PromptLimits } from './encode-prompt';
import type { RunContext } from '../events';
import { adviceOnFewSteps } from './few-steps';
import type { FittedTask, PreparedTask } from './prepare-task';
import type { StageReport } from '../progress/stage-clock';
import type { LossOn } from './token-examples';
import { pretextTasks } from './pretext-examples';
import type { PretextTask } from './pretext-examples';
import { trainingExample } from './token-examples';
import { notice } from '../notice';
import { amount, phrase } from '../../foundation/phrase';

/** The rows that a model learns from, as tokens. */
export interface EncodedTask {
  /** Of an epoch (counts from 1): with `permuteColumns` the columns are in a new order in each. */
  readonly train: readonly TokenExample[] | ((epoch: number) => Promise<readonly TokenExample[]>);
  readonly validation: readonly TokenExample[];
  /** Made-up tasks to be learnt first, see pretext-stage; none unless the recipe asks for them. */
  readonly pretext: readonly PretextTask[];
}

/** How much a prompt may need, for a model: its context, less the longest answer that the training rows show. */
export function promptLimits(task: FittedTask, tokenizer: Tokenizer, contextLength: number): PromptLimits {
  const target = task.table.columns.findIndex(({ name }) => name === task.recipe.target.column);
  const answers = new Set([...task.fit.classes, ...task.examples.rows.map((cells) => cells[target] ?? '')]);
  const completions = new Set([...answers].map((answer) => task.writer.completionOf(answer)));
  let answerTokens = 0;
  for (const completion of completions) {
    // In a context, as a tokenizer may write the beginning of a text in another way.
    const [, tokens] = tokenizer.encodeSegments(['.', completion]);
    answerTokens = Math.max(answerTokens, tokens!.length);
  }
  return { tokenizer, contextLength, answerTokens };
}

/** Encodes the training and the validation rows, and says when prompts had to lose example rows. */
export async function encodeTask(
  task: PreparedTask,
  limits: PromptLimits,
  { signal, emit }: RunContext,
  report: StageReport,
): Promise<EncodedTask> {
  const { recipe, parts, writer } = task;
  const breathe = breather(signal);
  // Where nothing is learnt one row is enough: it shows that prompts fit the model.
  const isAskedOnly = recipe.training.steps === 0;
  const trained = isAskedOnly ? parts.trainedOn.slice(0, 1) : parts.trainedOn;
  const validated = isAskedOnly ? [] : parts.validation;
  const total = trained.length + validated.length;
  let done = 0;
  const shortened = { prompts: 0, examples: 0 };
  const { loss } = recipe.training;
  const encode = async (row: number, lossOn: LossOn, order?: readonly number[]): Promise<TokenExample> => {
    await breathe();
    const encoded = task.source.encode(task.promptRow(row), limits, order);
    count(encoded, shortened);
    // Later epochs are encoded anew while the model is being trained: that is no progress of this stage.
    if (done < total) report(++done / total);
    return trainingExample(encoded, lossOn);
  };
  const epoch = async (number: number): Promise<TokenExample[]> => {
    const random = Random.derive(recipe.training.seed, `columns ${number}`);
    const examples: TokenExample[] = [];
    for (const row of trained) {
      const order = Array.from({ length: writer.featureCount }, (_, index) => index);
      examples.push(await encode(row, loss, recipe.training.permuteColumns ? random.shuffle(order) : undefined));
    }
    return examples;
  };
  const train = await epoch(1);
  const validation: TokenExample[] = [];
  // Of a validation prompt the example rows are training rows: whether their answers are known says nothing about new rows.
  for (const row of validated) validation.push(await encode(row, loss === 'text' ? 'text' : 'answer'));
  sayShortened(shortened, total, emit);
  const tokens = train.reduce((sum, example) => sum + example.tokens.length, 0);
  const advice = adviceOnFewSteps(recipe, tokens);
  if (advice !== undefined) emit(notice('warning', advice));
  const pretext = isAskedOnly ? [] : await pretextTasks(task, limits, signal);
  return { train: recipe.training.permuteColumns ? epoch : train, validation, pretext };
}

interface Shortened {
  prompts: number;
  examples: number;
}

function count({ droppedExamples }: EncodedPrompt, shortened: Shortened): void {
  if (droppedExamples === 0) return;
  shortened.prompts++;
  shortened.examples += droppedExamples;
}

function sayShortened({ prompts, examples }: Shortened, total: number, emit: RunContext['emit']): void {
  if (prompts === 0) return;
  const message = phrase`${amount(prompts)} of ${amount(total)} prompts were too long for the model with all their example rows: ${(examples / prompts).toFixed(1)} on average were left out, the farthest first.`;
  emit(notice('warning', message));
}
