import type { BuiltinTemplateName } from '../../prompt/template/builtin-templates';
import type { Task } from '../../prompt/prompt-spec';
import type { RecipeDocument } from '../schema/recipe-schema';

/** How the embedded model is asked and trained by default. */
export interface EmbeddedDefaults {
  /** Training rows in the prompt of a row. */
  readonly exampleRows: number;
  readonly training: NonNullable<RecipeDocument['training']>;
  readonly prediction: NonNullable<RecipeDocument['prediction']>;
  readonly generation: NonNullable<RecipeDocument['generation']>;
}

const mostExampleRows = 8;
const enoughExampleRows = 5;
const leastExampleRows = 2;
const mostEpochs = 4;
const mostTrainingRows = 5000;
/** Share of a table's rows that the default split leaves for training. */
const trainingShare = 0.64;
/** Of a compact prompt: a column's letter with three digits, and what else a row takes with its answer. A pixel is one digit. */
const tokensOfCell = 4;
const tokensOfPixel = 1;
const tokensOfAnswer = 6;
/** Tokens of a prompt beyond which example rows are left out; and those beyond which there are no more than enough of them. */
const promptTokens = 1024;
const shortPromptTokens = 620;
/** Tokens that training reads in all: two to three minutes of two cores. */
const trainingTokens = 1_000_000;
/** Rows that are read in all to learn to make new ones, and how often each at least and at most. */
const generatorRows = 17_000;
const [fewestPasses, mostPasses] = [6, 40];

/**
 * A small model learns a table in few epochs of many small steps. Classes of the example rows are learnt too, so that every
 * prompt teaches several times; numbers of the same rows, again and again, would be learnt by heart. Chosen on validation
 * rows, see the model card. Wide tables get fewer example rows, long
 * ones fewer epochs and then a sample of their rows, so that no table trains for much longer than another.
 *
 * @param rows of the table
 * @param features columns in the prompt
 */
export function embeddedDefaults(
  rows: number,
  features: number,
  task: Task,
  template: BuiltinTemplateName = 'compact',
): EmbeddedDefaults {
  const tokensOfRow = (template === 'image' ? tokensOfPixel : tokensOfCell) * features + tokensOfAnswer;
  const fitting = (tokens: number): number => Math.floor(tokens / tokensOfRow) - 1;
  const atMost = Math.max(fitting(shortPromptTokens), Math.min(enoughExampleRows, fitting(promptTokens)));
  const exampleRows = Math.min(mostExampleRows, Math.max(leastExampleRows, atMost));
  const rowsAtMost = Math.floor(trainingTokens / ((exampleRows + 1) * tokensOfRow));
  const trained = Math.max(1, Math.min(mostTrainingRows, Math.round(rows * trainingShare)));
  return {
    exampleRows,
    prediction: { neighbours: true },
    // Rows of a long table that are gone through too often are learnt by heart before the learning rate has fallen.
    generation: { epochs: Math.min(mostPasses, Math.max(fewestPasses, Math.round(generatorRows / trained))) },
    training: {
      method: 'full',
      learningRate: 5e-4,
      batchTokens: 1024,
      epochs: Math.min(mostEpochs, Math.max(1, Math.floor(rowsAtMost / trained))),
      loss: task === 'classification' ? 'answers' : 'answer',
      maxRows: Math.max(100, Math.min(mostTrainingRows, rowsAtMost)),
      ...(task === 'regression' && { outliers: 'set-aside' }),
    },
  };
}
