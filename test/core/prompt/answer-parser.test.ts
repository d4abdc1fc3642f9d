import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TemplateTexts } from '../../../src/core/prompt/template/builtin-templates';
import type { AnswerFormat } from '../../../src/core/prompt/numbers/number-format';
import type { PromptWriter } from '../../../src/core/prompt/prompt-writer';
import { tableOf, writerOf } from './prompt-spec-of';

function classifier(labels: readonly string[], template: Partial<TemplateTexts> = {}): PromptWriter {
  return writerOf(tableOf(['x', 'y'], ...labels.map((label) => ['1', label])), { template });
}

function regressor(values: readonly string[], format: AnswerFormat = 'as-is', template = {}): PromptWriter {
  const table = tableOf(['x', 'y'], ...values.map((value) => ['1', value]));
  return writerOf(table, { task: 'regression', target: { format }, template });
}

describe('the answer parser, for labels', () => {
  it('reads every written label back, whatever signs it has', () => {
    const label = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('a', 'a@@@', 'a@@@b', ' a', 'A', '\n', '###', ' @@@'),
    );
    const ends = fc.constantFrom('@@@', ' END', '\n', '');
    const frames = fc.constantFrom(' {{answer}}', '{{answer}}', 'y={{answer}}', ' It is {{answer}} .');
    fc.assert(
      fc.property(
        fc.uniqueArray(label, { minLength: 1, maxLength: 8 }),
        ends,
        frames,
        (labels, answerEnd, completion) => {
          const writer = classifier(labels, { answerEnd, completion });
          for (const label of labels) {
            expect(writer.parseAnswer(writer.completionOf(label))).toEqual({ kind: 'label', label });
          }
        },
      ),
    );
  });

  it('ends the answer at the first end mark', () => {
    expect(classifier(['no', 'yes']).parseAnswer(' yes@@@ no@@@ more')).toEqual({ kind: 'label', label: 'yes' });
  });

  it('accepts missing end marks, blanks and another case, unless two labels differ by case only', () => {
    const writer = classifier(['No', 'Yes', 'YES']);
    expect(writer.parseAnswer('no')).toEqual({ kind: 'label', label: 'No' });
    expect(writer.parseAnswer('  NO \n@@@')).toEqual({ kind: 'label', label: 'No' });
    expect(writer.parseAnswer(' YES@@@')).toEqual({ kind: 'label', label: 'YES' });
    expect(writer.parseAnswer('yes@@@')).toEqual({ kind: 'unreadable', text: 'yes@@@' });
  });

  it('ends the answer with its line when there is no end mark', () => {
    const writer = classifier(['no', 'nothing'], { answerEnd: '' });
    expect(writer.parseAnswer(' nothing\nWhen we have')).toEqual({ kind: 'label', label: 'nothing' });
  });

  it('gives back the label of the table for its spoken text', () => {
    const writer = writerOf(tableOf(['x', 'y'], ['1', '0'], ['1', '1']), { target: { labels: { '0': 'healthy' } } });
    expect(writer.parseAnswer(' Healthy@@@')).toEqual({ kind: 'label', label: '0' });
    expect(writer.parseAnswer(' 0@@@').kind).toBe('unreadable');
  });

  it.each(['', '@@@', ' purple@@@', ' yes no@@@'])('cannot read %j', (text) => {
    expect(classifier(['no', 'yes']).parseAnswer(text)).toEqual({ kind: 'unreadable', text });
  });
});

describe('the answer parser, for numbers', () => {
  it('reads every written number back, up to its format', () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }).map(String), {
      minLength: 2,
      maxLength: 20,
    });
    const formats = fc.constantFrom<AnswerFormat>('as-is', { fixed: 3 }, { significant: 4 }, 'scaled', 'scaled-linear');
    const frames = fc.constantFrom(' {{answer}}', ' y={{answer}}', ' It costs {{answer}} USD');
    fc.assert(
      fc.property(values, formats, frames, (texts, format, completion) => {
        const writer = regressor(texts, format, { completion });
        for (const text of texts) {
          const formatter = writer.answerFormatter;
          const value = formatter.invert(Number(formatter.formatCell(text)));
          expect(writer.parseAnswer(writer.completionOf(text))).toEqual({ kind: 'number', value });
        }
      }),
    );
  });

  it.each([
    ['y=10.35@@@...', 10.35],
    [' y = -3 @@@', -3],
    ['10.35', 10.35],
    [' about 7.5e2 or 9@@@', 750],
    [' .5@@@', 0.5],
    [' +4.@@@', 4],
  ])('reads %j', (text, value) => {
    expect(regressor(['1', '2']).parseAnswer(text)).toEqual({ kind: 'number', value });
  });

  it.each(['', '@@@12', ' none@@@', ' 1e999@@@', '-'])('cannot read %j', (text) => {
    expect(regressor(['1', '2']).parseAnswer(text)).toEqual({ kind: 'unreadable', text });
  });

  it('turns a scaled answer into the middle of its step, and holds larger ones at the end of the scale', () => {
    const writer = regressor(['0', '100'], 'scaled-linear');
    const read = (text: string): number => {
      const answer = writer.parseAnswer(text);
      return answer.kind === 'number' ? answer.value : NaN;
    };
    expect(read(' 000@@@')).toBe(-10);
    expect(read(' 333@@@')).toBeCloseTo(30, 9);
    expect(read(' 5000@@@')).toBeCloseTo(110, 9);
  });
});
