import * as v from 'valibot';
import { featureSchema, splitSchema, targetSchema } from './data-schema';
import { predictionSchema } from './prediction-schema';
import { field, someText, wholeNumber } from './schema-fields';
import { examplesSchema, templateSchema } from './template-schema';
import { trainingSchema } from './training-schema';

/** The version of recipes that this program writes; older ones are migrated. */
export const recipeVersion = 1;

/** The `*.lift.json` document. Fields that it does not know are allowed and kept. */
export const recipeSchema = v.pipe(
  v.object({
    $schema: v.pipe(v.optional(v.string()), v.description('Where the JSON Schema of recipes is, for editors.')),
    version: v.pipe(v.literal(recipeVersion), v.description('The version of the recipe format.')),
    name: v.pipe(
      v.optional(someText),
      v.description('A short name, for run folders. When left out: that of the dataset.'),
    ),
    dataset: v.pipe(someText, v.description('The CSV file, relative to the recipe.')),
    task: v.pipe(
      v.picklist(['classification', 'regression']),
      v.description('Whether answers are classes or numbers.'),
    ),
    target: v.pipe(targetSchema, v.description('What is predicted.')),
    features: v.pipe(
      v.array(featureSchema),
      v.minLength(1),
      v.description('The columns that prompts tell, in the order of the prompt.'),
    ),
    series: field(
      v.boolean(),
      false,
      'The columns are one series, such as a curve: the numbers of a row are told as places between its least and its greatest.',
    ),
    template: field(templateSchema, {}, 'How rows are written as prompts.'),
    examples: field(examplesSchema, {}, 'Training rows that stand, with their answers, before the row at hand.'),
    split: field(splitSchema, {}, 'Which rows are for training, validation and test.'),
    model: field(
      v.object({
        id: field(
          v.pipe(someText, v.examples(['embedded', 'HuggingFaceTB/SmolLM2-135M'])),
          'embedded',
          '"embedded": the model that comes with LIFT. Otherwise a folder, or the id of a model on the Hugging Face hub.',
        ),
      }),
      {},
      'The language model that is fine-tuned.',
    ),
    training: field(trainingSchema, {}, 'How the model is fine-tuned.'),
    prediction: field(predictionSchema, {}, 'How answers are predicted.'),
    generation: field(
      v.object({
        epochs: field(
          wholeNumber(1, 1_000_000),
          40,
          'How many times the training rows are gone through in the other direction, to make new rows. Rows alone are short.',
        ),
      }),
      {},
      'How new rows are made (lift generate): the answer first, then the columns; a number after the columns that it follows from.',
    ),
    backend: field(
      v.object({ kind: field(v.picklist(['local']), 'local', '"local": on this machine.') }),
      {},
      'Where the work happens.',
    ),
  }),
  v.title('LIFT recipe'),
  v.description('How a table becomes prompts, and how a language model is fine-tuned on them.'),
);

/** A recipe as it may be written: what has a default may be left out. */
export type RecipeDocument = v.InferInput<typeof recipeSchema>;
