import * as v from 'valibot';
import { field, properShare, seed, someText, wholeNumber } from './schema-fields';

const digitsSchemas = [
  v.strictObject({ fixed: v.pipe(wholeNumber(0, 20), v.description('Digits after the decimal point.')) }),
  v.strictObject({ significant: v.pipe(wholeNumber(1, 17), v.description('Significant digits.')) }),
] as const;
const answerFormatSchema = v.union([v.picklist(['as-is', 'scaled', 'scaled-linear']), ...digitsSchemas]);
const featureFormatSchema = v.union([v.picklist(['as-is', 'scaled', 'scaled-linear', 'digit']), ...digitsSchemas]);

const formatWords =
  '"as-is": the text of the cell. {"fixed": 2}: two digits after the point. {"significant": 3}: three significant digits. ' +
  '"scaled": an integer 000-999, the rank among 33 quantiles of the training rows. ' +
  '"scaled-linear": an integer 000-999 between the least and the greatest training value.';

export const targetSchema = v.object({
  column: v.pipe(someText, v.description('The column to predict.')),
  name: v.pipe(
    v.optional(v.string()),
    v.description('What prompts call it. When left out: the words of the column name.'),
  ),
  unit: v.pipe(
    v.optional(v.string()),
    v.description('The unit of its numbers, for {{unit}} in the question. When left out: the unit in the column name.'),
  ),
  labels: field(
    v.record(v.string(), someText),
    {},
    'What classes are called in answers, by their text in the table: {"0": "healthy"}. Others keep their text.',
  ),
  format: field(
    answerFormatSchema,
    'scaled-linear',
    `How answers of a regression are written. ${formatWords} The scale of answers goes on a tenth of the range on each side.`,
  ),
});

export const featureSchema = v.object({
  column: v.pipe(someText, v.description('The column in the table.')),
  name: v.pipe(
    v.optional(v.string()),
    v.description('What prompts call it. When left out: the words of the column name.'),
  ),
  unit: v.pipe(
    v.optional(v.string()),
    v.description('Written behind its values, not behind scaled ones. When left out: the unit in the column name.'),
  ),
  format: field(
    featureFormatSchema,
    'as-is',
    `How its numbers are written. ${formatWords} "digit": one digit 0-9 on the scale of all columns with this format, such as pixels.`,
  ),
  include: field(
    v.boolean(),
    true,
    'Whether {{#features}} goes over it. A column left out can still be named as {{column}}.',
  ),
  missing: field(v.string(), 'unknown', 'What stands for a missing value.'),
});

export const splitSchema = v.object({
  column: field(
    v.nullable(someText),
    null,
    'A column that says train, validation or test of each row. The seeds and shares below then decide nothing.',
  ),
  seed: field(seed, 0, 'Decides which of the other rows are for validation.'),
  testSeed: field(seed, 0, 'Decides which rows are for the test.'),
  test: field(properShare, 0.2, 'Share of the rows for the test.'),
  validation: field(properShare, 0.2, 'Share of the other rows for validation.'),
  keepDuplicatesTogether: field(
    v.boolean(),
    false,
    'Keep rows that are equal on one side of the split, so that the test holds no row that was trained on.',
  ),
});
