import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TemplateTexts } from '../../../src/core/prompt/template/builtin-templates';
import { PromptWriter } from '../../../src/core/prompt/prompt-writer';
import { TemplateError } from '../../../src/core/prompt/template/template-problem';
import type { Cell } from '../../../src/core/table/table';
import { specOf, tableOf, writerOf } from './prompt-spec-of';
import type { SpecOptions } from './prompt-spec-of';
import { english } from '../../../src/core/foundation/phrase';

const flowers = tableOf(
  ['sepal_length', 'colour', 'note', 'species'],
  ['5.1', 'blue', null, 'setosa'],
  ['6.3', 'white', 'old', 'virginica'],
);
const columns = flowers.columns.map((column) => column.name);

/** What a question template writes for the first flower. */
function ask(question: string, options: SpecOptions = {}, row: readonly Cell[] = flowers.rows[0]!): string {
  const template = { question, questionEnd: '', ...options.template };
  return writerOf(flowers, { ...options, template }).render(row, []).prompt;
}

/** The problems of a template, as "part line:column message → hint". */
function problemsOf(template: Partial<TemplateTexts>, options: SpecOptions = {}): string[] {
  return PromptWriter.problems(specOf(columns, { ...options, template }), columns).map(
    ({ part, line, column, message, hint }) => `${part} ${line}:${column} ${english(message)} → ${english(hint)}`,
  );
}

describe('a template', () => {
  it('writes columns, with their unit and in their format', () => {
    const options = { features: [{ column: 'sepal_length', unit: 'cm', format: { fixed: 2 } }] };
    expect(ask('{{sepal_length}}, {{ colour }}', options)).toBe('5.10 cm, blue');
  });

  it('goes over the included features with a separator and what belongs to each', () => {
    const features = [
      { column: 'sepal_length', name: 'sepal length', unit: 'cm' },
      { column: 'colour', include: false },
      { column: 'note' },
    ];
    const question = '{{#features " | "}}{{number}}{{letter}} {{name}} [{{unit}}]={{value}}{{/features}}';
    expect(ask(question, { features })).toBe('1A sepal length [cm]=5.1 cm | 2B note []=unknown');
  });

  it('leaves out a feature, with its separator, that writes nothing', () => {
    expect(ask('{{#features ", "}}{{#if value}}{{name}}{{/if}}{{/features}}')).toBe('sepal_length, colour');
  });

  it('chooses by presence and by value', () => {
    const question = '{{#if note}}noted{{else}}plain{{/if}} {{#if colour = "blue"}}sky{{else}}other{{/if}}{{colour}}';
    expect(ask(question)).toBe('plain skyblue');
    expect(ask(question, {}, flowers.rows[1])).toBe('noted otherwhite');
  });

  it('knows the target, its unit and the classes', () => {
    const target = { name: 'kind', unit: 'types', labels: { setosa: 'bristle' } };
    expect(ask('{{colour}}: {{target}} ({{unit}}), {{classes}}', { target })).toBe(
      'blue: kind (types), bristle or virginica',
    );
  });

  it('lets a column be named that has the name of something else', () => {
    const table = tableOf(['target', 'a "b"', '#features', 'y'], ['1', '2', '3', 'u'], ['1', '2', '3', 'v']);
    const question = '{{column:target}} {{target}} {{a "b"}} {{column:"a \\"b\\""}} {{column:#features}}';
    expect(writerOf(table, { template: { question, questionEnd: '' } }).render(table.rows[0]!, []).prompt).toBe(
      '1 y 2 2 3',
    );
  });

  it('writes braces, quotes and new lines through quoted texts', () => {
    expect(ask('{{"{{x}} \\"\\\\"}}{{colour}}{{#features "\\n"}}{{letter}}{{/features}}')).toBe('{{x}} "\\blueA\nB\nC');
  });

  it('finds a column outside of its list of features, as it is', () => {
    expect(ask('{{sepal_length}} {{note}}', { features: [{ column: 'colour' }] })).toBe('5.1 unknown');
  });
});

describe('a wrong template', () => {
  it('is reported with its place and the nearest name', () => {
    expect(problemsOf({ question: 'Of {{colour}},\nsay {{sepal_lenght}}.' })).toEqual([
      'question 2:5 there is no column "sepal_lenght". → Did you mean {{sepal_length}}?',
    ]);
  });

  it('throws the first problem and carries them all', () => {
    const error: unknown = (() => {
      try {
        return writerOf(flowers, { template: { question: '{{a1}} {{b2}}', completion: '' } });
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toBeInstanceOf(TemplateError);
    expect(error).toMatchObject({
      code: 'template-invalid',
      message: 'The question template, line 1, column 1: there is no column "a1". (and 2 more)',
      hint: 'The columns are sepal_length, colour, note.',
      problems: [{ offset: 0, length: 6 }, { offset: 7 }, { part: 'completion' }],
    });
  });

  it.each([
    ['{{colour', 'question 1:1 {{ is never closed.'],
    ['{{}}{{colour}}', 'question 1:1 {{}} names nothing.'],
    ['{{#features ", "}}{{name}}', 'question 1:1 {{#features}} is never closed.'],
    ['{{#features , }}{{/features}}', 'question 1:1 , is not one quoted text.'],
    ['{{#features}}{{#features}}{{/features}}{{/features}}', 'question 1:14 {{#features}} stands inside another'],
    ['{{#feature}}{{colour}}', 'question 1:1 there is no block {{#feature}}.'],
    ['{{colour}}{{/features}}', 'question 1:11 {{/features}} closes nothing.'],
    ['{{colour}}{{/iff}}', 'question 1:11 there is no block {{/iff}}.'],
    ['{{#if}}{{/if}}{{colour}}', 'question 1:1 {{#if}} names no column.'],
    ['{{#if colour}}{{else}}{{else}}{{/if}}', 'question 1:23 {{else}} has no {{#if}}.'],
    ['{{else}}{{colour}}', 'question 1:1 {{else}} has no {{#if}}.'],
    ['{{#if colour}}{{#features}}{{/if}}', 'question 1:15 {{#features}} is never closed.'],
    ['{{#if colur}}x{{/if}}', 'question 1:1 there is no column "colur".'],
    ['{{species}}', 'question 1:1 {{species}} is the target: the question would give the answer away.'],
    ['{{#if species = "setosa"}}x{{/if}}', 'question 1:1 {{species}} is the target'],
    ['{{name}}', 'question 1:1 {{name}} means something only between {{#features}} and {{/features}}.'],
    ['{{answer}}', 'question 1:1 {{answer}} means something only in the completion template.'],
    ['What is it?', 'question 1:1 it names no column: every row would read the same.'],
  ])('is reported for the question %j', (question, problem) => {
    expect(problemsOf({ question })[0]).toContain(problem);
  });

  it.each([
    [{ completion: 'none' }, 'completion 1:1 {{answer}} is missing.'],
    [{ completion: '{{answer}} {{answer}}' }, 'completion 1:1 {{answer}} stands more than once.'],
    [{ completion: '{{answer}}{{colour}}' }, 'completion 1:11 {{colour}} is a column, but the completion is the same'],
    [
      { completion: '{{answer}}{{#if unit}}{{answer}}{{/if}}' },
      'completion 1:23 {{answer}} cannot stand inside a block.',
    ],
    [{ preamble: '{{colour}}' }, 'preamble 1:1 {{colour}} is a column, but the preamble is the same for every row.'],
    [{ preamble: '{{#features}}{{name}}{{/features}}' }, 'preamble 1:1 {{#features}} reads a row, but the preamble'],
    [{ example: '{{question}}' }, 'example 1:1 {{completion}} is missing.'],
    [{ example: '{{completion}}{{species}}' }, 'example 1:15 {{species}} is the target'],
    [{ example: '{{completion}}{{#if question}}x{{/if}}' }, 'example 1:15 {{question}} cannot be a condition.'],
  ])('is reported for %j', (template, problem) => {
    expect(problemsOf(template)[0]).toContain(problem);
  });

  it('is reported when a regression asks for classes', () => {
    expect(problemsOf({ question: '{{colour}} {{classes}}' }, { task: 'regression' })[0]).toContain('regression');
  });

  it('is reported when blocks stand too deep', () => {
    expect(problemsOf({ question: '{{#if colour}}'.repeat(10_000) })[0]).toContain('more than 32 deep');
  });

  it('never breaks the parser, and each problem lies inside the text', () => {
    const piece = fc.constantFrom(
      '{{',
      '}}',
      '#',
      'if ',
      '/',
      'else',
      'features',
      '"',
      '\\',
      '=',
      'colour',
      '\n',
      ' ',
      'x',
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join('')),
        (question) => {
          for (const problem of PromptWriter.problems(specOf(columns, { template: { question } }), columns)) {
            expect(problem.offset + problem.length).toBeLessThanOrEqual(question.length);
            expect(question.split('\n')[problem.line - 1]!.length).toBeGreaterThanOrEqual(problem.column - 1);
          }
        },
      ),
    );
  });
});
