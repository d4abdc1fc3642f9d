import { phrase } from '../../foundation/phrase';
import type { Phrase } from '../../foundation/phrase';
import type { AnswerFormat, NumberFormat } from '../numbers/number-format';

/** The texts of a template: how a question, its answer, and an example row in front of it are written. */
export interface TemplateTexts {
  readonly preamble: string;
  readonly question: string;
  readonly completion: string;
  readonly example: string;
  /** Appended to the question, outside of the template language; may be empty. */
  readonly questionEnd: string;
  /** Appended to the completion; the first one in a generated text ends the answer. May be empty. */
  readonly answerEnd: string;
}

/** Six of them are the paper's variants (Tables 9 and 34): two wordings, each without, with correct and with shuffled names. */
export type BuiltinTemplateName =
  | 'paper'
  | 'paper-names'
  | 'paper-shuffled'
  | 'sentence-plain'
  | 'sentence'
  | 'sentence-shuffled'
  | 'compact'
  | 'paper-image'
  | 'image';

export interface BuiltinTemplate {
  readonly texts: TemplateTexts;
  /** What the template is for, in a few words for people. */
  readonly description: Phrase;
  /** The number format of feature columns that reads well in it. */
  readonly numberFormat: NumberFormat;
  /** The number format of regression answers. */
  readonly answerFormat: AnswerFormat;
}

function builtin(
  question: string,
  description: Phrase,
  numberFormat: NumberFormat,
  answerFormat: AnswerFormat,
): BuiltinTemplate {
  return {
    texts: {
      preamble: '',
      question,
      completion: ' {{answer}}',
      example: '{{question}}{{completion}}\n',
      questionEnd: ' ###',
      answerEnd: '@@@',
    },
    description,
    numberFormat,
    answerFormat,
  };
}

/** The templates of the LIFT paper (Dinh et al., 2022, §2, the study of feature names, and MNIST), and short ones of ours. */
export const builtinTemplates: Readonly<Record<BuiltinTemplateName, BuiltinTemplate>> = {
  paper: builtin(
    'When we have {{#features ", "}}x{{number}}={{value}}{{/features}}, what should be y?',
    phrase`the paper’s wording without column names`,
    'as-is',
    'as-is',
  ),
  'paper-names': builtin(
    'When we have {{#features ", "}}{{name}}={{value}}{{/features}}, what should be {{target}}?',
    phrase`the paper’s wording with column names`,
    'as-is',
    'as-is',
  ),
  'paper-shuffled': builtin(
    'When we have {{#features ", "}}{{shuffled}}={{value}}{{/features}}, what should be {{target}}?',
    phrase`the paper’s wording with the column names in wrong places: shows what names are worth`,
    'as-is',
    'as-is',
  ),
  'sentence-plain': builtin(
    '{{#features " "}}The value of x{{number}} is {{value}}.{{/features}} What is y?',
    phrase`one plain sentence a column, without names`,
    'as-is',
    'scaled-linear',
  ),
  sentence: builtin(
    '{{#features " "}}The {{name}} is {{value}}.{{/features}} What is the {{target}}?',
    phrase`one plain sentence a column`,
    'as-is',
    'scaled-linear',
  ),
  'sentence-shuffled': builtin(
    '{{#features " "}}The {{shuffled}} is {{value}}.{{/features}} What is the {{target}}?',
    phrase`one plain sentence a column, with the column names in wrong places`,
    'as-is',
    'scaled-linear',
  ),
  compact: builtin(
    '{{#features " "}}{{letter}}{{value}}{{/features}}',
    phrase`letters and numbers only: short prompts for the embedded model`,
    'scaled',
    'scaled-linear',
  ),
  'paper-image': builtin(
    'Given image with pixels {{#features " "}}{{value}}{{/features}}. What is the {{target}}?',
    phrase`the paper’s wording for images: the pixels as numbers, one after the other`,
    'as-is',
    'as-is',
  ),
  image: builtin(
    '{{#features ""}}{{value}}{{/features}}',
    phrase`one digit a pixel and nothing between: images for the embedded model`,
    'digit',
    'scaled-linear',
  ),
};

export const builtinTemplateNames = Object.keys(builtinTemplates) as readonly BuiltinTemplateName[];

export function isBuiltinTemplateName(name: string): name is BuiltinTemplateName {
  return Object.hasOwn(builtinTemplates, name);
}
