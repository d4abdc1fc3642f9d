import * as v from 'valibot';
import { builtinTemplateNames } from '../../prompt/template/builtin-templates';
import { field, wholeNumber } from './schema-fields';

const fromNamed = 'When left out: that of the built-in template named above.';

export const templateSchema = v.object({
  name: field(
    v.pipe(v.string(), v.examples([...builtinTemplateNames])),
    'compact',
    `A built-in template (${builtinTemplateNames.join(', ')}) or a name of your own with your own texts.`,
  ),
  preamble: field(v.string(), '', 'Text in front of every prompt.'),
  question: v.pipe(
    v.optional(v.string()),
    v.description(
      `How a row is asked about. {{column}} is a value; {{#features ", "}}{{name}}={{value}}{{/features}} goes over the columns; {{#if column}}…{{else}}…{{/if}} chooses. ${fromNamed}`,
    ),
  ),
  completion: v.pipe(
    v.optional(v.string()),
    v.description(`How an answer is written, around {{answer}}. ${fromNamed}`),
  ),
  example: v.pipe(
    v.optional(v.string()),
    v.description(`How an example row is written, from its {{question}} and {{completion}}. ${fromNamed}`),
  ),
  questionEnd: field(v.string(), ' ###', 'Appended to every question; may be empty.'),
  answerEnd: field(
    v.string(),
    '@@@',
    'Appended to every completion; in a generated text the first one ends the answer.',
  ),
});

export const examplesSchema = v.object({
  rows: field(
    wholeNumber(0, 1000),
    8,
    'How many training rows, with their answers, stand before the row at hand; 0 is plain LIFT.',
  ),
  select: field(
    v.picklist(['nearest', 'random', 'same']),
    'nearest',
    'Which: the ones most like the row at hand; random ones, others for each row; or the same random ones for every row.',
  ),
  weights: field(
    v.picklist(['learned', 'forest', 'relevance', 'equal']),
    'relevance',
    'What counts for being alike: all columns equally, or more those that say more about the target on the training rows, or besides also what a random forest of the training rows tells apart (`forest`), and what kernel ridge regression says of them (`learned`).',
  ),
  order: field(
    v.picklist(['nearest-last', 'nearest-first']),
    'nearest-last',
    'Whether the one most like the row at hand stands next to it, or first.',
  ),
});
