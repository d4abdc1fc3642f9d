import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtinTemplateNames, builtinTemplates } from '../../../src/core/prompt/template/builtin-templates';
import type { BuiltinTemplateName } from '../../../src/core/prompt/template/builtin-templates';
import { fitPrompt } from '../../../src/core/prompt/prompt-fit';
import { PromptWriter } from '../../../src/core/prompt/prompt-writer';
import { specOf, tableOf, writerOf } from './prompt-spec-of';

const table = tableOf(['a', 'b', 'y'], ['1', 'p', 'no'], ['2', null, 'yes'], ['3', 'q', null]);
const [first, second, third] = table.rows as [(typeof table.rows)[0], (typeof table.rows)[0], (typeof table.rows)[0]];

describe('a prompt', () => {
  it('is cut into segments that say what each piece is for', () => {
    const template = { ...builtinTemplates.compact.texts, preamble: 'Rows.\n' };
    expect(writerOf(table, { template }).render(first, [second, first]).segments).toEqual([
      { role: 'context', text: 'Rows.\nA2 Bunknown ###' },
      { role: 'example-answer', text: ' yes@@@' },
      { role: 'context', text: '\nA1 Bp ###' },
      { role: 'example-answer', text: ' no@@@' },
      { role: 'context', text: '\n' },
      { role: 'question', text: 'A1 Bp ###' },
      { role: 'answer', text: ' no@@@' },
    ]);
  });

  it('has no completion when the answer is not known', () => {
    const rendered = writerOf(table).render(third, [first]);
    expect(rendered.completion).toBe('');
    expect(rendered.segments.some((segment) => segment.role === 'answer')).toBe(false);
  });

  it('can be written for a table without the target', () => {
    const spec = specOf(['a', 'b', 'y']);
    const writer = PromptWriter.create(spec, fitPrompt(spec, table, [0, 1]), ['b', 'a']);
    expect(writer.render(['p', '1'], []).prompt).toBe('The a is 1. The b is p. What is the y? ###');
  });

  it('never holds the answer of its row', () => {
    for (const name of builtinTemplateNames) {
      const writer = writerOf(table, { template: builtinTemplates[name].texts });
      const withAnswer = writer.render(['1', 'p', 'yes'], [second]);
      expect(writer.render(['1', 'p', 'no'], [second]).prompt).toBe(withAnswer.prompt);
    }
  });

  it('tells the six variants of the paper: two wordings, each without, with right and with wrong names', () => {
    const flowers = tableOf(['width', 'height', 'colour', 'kind'], ['1', '2', 'red', 'rose']);
    const questionOf = (name: BuiltinTemplateName): string =>
      writerOf(flowers, { template: builtinTemplates[name].texts }).render(flowers.rows[0]!, []).prompt;
    expect(questionOf('paper')).toBe('When we have x1=1, x2=2, x3=red, what should be y? ###');
    expect(questionOf('paper-names')).toBe('When we have width=1, height=2, colour=red, what should be kind? ###');
    expect(questionOf('sentence-plain')).toBe(
      'The value of x1 is 1. The value of x2 is 2. The value of x3 is red. What is y? ###',
    );
    expect(questionOf('sentence')).toBe('The width is 1. The height is 2. The colour is red. What is the kind? ###');
    const names = (prompt: string): string[] => [...prompt.matchAll(/(\w+)(?:=| is )[\dr]/gu)].map(([, name]) => name!);
    for (const shuffled of [questionOf('paper-shuffled'), questionOf('sentence-shuffled')]) {
      const told = names(shuffled);
      expect([...told].sort()).toEqual(['colour', 'height', 'width']);
      expect(told.some((name, place) => name === ['width', 'height', 'colour'][place])).toBe(false);
    }
  });

  it('keeps wrong names with their columns, in whatever order these are shown', () => {
    const writer = writerOf(table, { template: builtinTemplates['paper-shuffled'].texts });
    expect(writer.render(first, []).prompt).toContain('b=1, a=p');
    expect(writer.render(first, [], { order: [1, 0] }).prompt).toContain('a=p, b=1');
  });

  it('shows its columns in a given order, the same for example rows', () => {
    const writer = writerOf(table, { template: builtinTemplates.compact.texts });
    expect(writer.render(first, [second], { order: [1, 0] }).prompt).toBe('Aunknown B2 ### yes@@@\nAp B1 ###');
    expect(writer.render(first, [], { order: [0, 1] })).toEqual(writer.render(first, []));
  });

  it('refuses an example row without an answer', () => {
    expect(() => writerOf(table).render(first, [third])).toThrow('An example row has no answer.');
  });

  it('wraps example rows and completions as the template says', () => {
    const template = {
      completion: ' It is {{answer}}, a {{target}}',
      example: '- {{question}}{{completion}} ({{b}})\n',
      answerEnd: '.',
    };
    const rendered = writerOf(table, { template: { ...template, question: 'a={{a}}' } }).render(first, [second]);
    expect(rendered.prompt).toBe('- a=2 ### It is yes, a y. (unknown)\na=1 ###');
    expect(rendered.completion).toBe(' It is no, a y.');
  });

  it('is its segments joined, for any rows and orders', () => {
    const cell = fc.option(fc.string({ unit: 'grapheme' }), { nil: null });
    const row = fc.tuple(cell, cell, fc.constantFrom('no', 'yes'));
    fc.assert(
      fc.property(
        row,
        fc.array(row),
        fc.constantFrom([0, 1], [1, 0]),
        fc.constantFrom(...builtinTemplateNames),
        (asked, examples, order, name) => {
          const rendered = writerOf(table, { template: builtinTemplates[name].texts }).render(asked, examples, {
            order,
          });
          expect(rendered.segments.map((segment) => segment.text).join('')).toBe(rendered.prompt + rendered.completion);
          rendered.segments.forEach((segment, index) => {
            expect(segment.role).not.toBe(rendered.segments[index + 1]?.role);
          });
        },
      ),
    );
  });
});

describe('fitting a prompt', () => {
  it('learns from the training rows only', () => {
    const numbers = tableOf(['x', 'y'], ['0', 'a'], ['10', 'b'], ['1000', 'c']);
    const spec = specOf(['x', 'y'], { features: [{ column: 'x', format: 'scaled-linear' }] });
    expect(fitPrompt(spec, numbers, [0, 1])).toEqual({
      features: [{ kind: 'scaled-linear', low: 0, high: 10 }],
      target: { kind: 'as-is' },
      classes: ['a', 'b'],
    });
  });

  it('writes single digits on one scale for all columns that prompts tell so', () => {
    const pixels = tableOf(['a', 'b', 'c', 'y'], ['0', '9', '500', 'n'], ['100', '180', '500', 'n']);
    const digit = (column: string, include = true) => ({ column, format: 'digit', include }) as const;
    const options = {
      template: builtinTemplates.image.texts,
      features: [digit('a'), digit('b'), digit('c', false)],
    };
    const writer = writerOf(pixels, options);
    expect(pixels.rows.map((row) => writer.render(row, []).prompt)).toEqual(['00 ###', '59 ###']);
    expect(fitPrompt(specOf(['a', 'b', 'c', 'y'], options), pixels, [0, 1]).features[0]).toEqual({
      kind: 'digit',
      low: 0,
      high: 180,
    });
  });

  it('orders classes by the labels first, then by number or alphabet', () => {
    const fit = (values: string[], labels = {}): readonly string[] =>
      fitPrompt(
        specOf(['x', 'y'], { target: { labels } }),
        tableOf(['x', 'y'], ...values.map((value) => ['1', value])),
        [...values.keys()],
      ).classes;
    expect(fit(['10', '9', '1'])).toEqual(['1', '9', '10']);
    expect(fit(['b', 'a', 'b', '10'])).toEqual(['10', 'a', 'b']);
    expect(fit(['b', 'a', 'c'], { c: 'sea', absent: 'none' })).toEqual(['c', 'a', 'b']);
  });

  it('says which column is missing, empty or no number', () => {
    expect(() => writerOf(table, { features: [{ column: 'aa' }] })).toThrow(
      expect.objectContaining({
        code: 'column-missing',
        message: 'The table has no column "aa".',
        hint: 'Did you mean "a"?',
      }),
    );
    const empty = tableOf(['x', 'y'], ['1', null]);
    expect(() => writerOf(empty)).toThrow('The target column "y" is empty in all 1 training rows.');
    expect(() => writerOf(table, { task: 'regression' })).toThrow(
      '2 of 2 training answers are no numbers, such as "no"',
    );
  });

  it('refuses two classes with the same spoken label', () => {
    const target = { labels: { no: 'yes' } };
    expect(() => writerOf(table, { target })).toThrow('"no" and "yes" of "y" are both spoken as "yes"');
  });

  it('copes with labels and columns that have the names of inherited properties', () => {
    const odd = tableOf(
      ['toString', '__proto__', 'constructor'],
      ['1', '2', 'hasOwnProperty'],
      ['1', '2', '__proto__'],
    );
    const rendered = writerOf(odd, { template: builtinTemplates['paper-names'].texts }).render(odd.rows[0]!, []);
    expect(rendered.prompt).toBe('When we have toString=1, __proto__=2, what should be constructor? ###');
    expect(rendered.completion).toBe(' hasOwnProperty@@@');
    expect(() => writerOf(odd, { template: { question: '{{valueOf}}' } })).toThrow('there is no column "valueOf"');
  });
});
