import { describe, expect, it } from 'vitest';
import { builtinTemplates } from '../../../src/core/prompt/template/builtin-templates';
import type { BuiltinTemplateName } from '../../../src/core/prompt/template/builtin-templates';
import { createFormatter, fitNumberFormat } from '../../../src/core/prompt/numbers/number-format';
import type { AnswerFormat, FittedFormat, NumberFormat } from '../../../src/core/prompt/numbers/number-format';
import type { Task } from '../../../src/core/prompt/prompt-spec';
import { PromptWriter } from '../../../src/core/prompt/prompt-writer';
import type { Cell } from '../../../src/core/table/table';
import golden from './fixtures/golden-prompts.json';

interface GoldenColumn {
  readonly name: string;
  readonly unit: string;
  readonly value: Cell;
  readonly format: NumberFormat;
  readonly training?: readonly number[];
}

interface GoldenPrompt {
  readonly title: string;
  readonly template: BuiltinTemplateName;
  readonly task: Task;
  readonly features: readonly (GoldenColumn & { readonly missing: string })[];
  readonly target: GoldenColumn & { readonly format: AnswerFormat; readonly labels?: Readonly<Record<string, string>> };
  readonly classes?: readonly string[];
  readonly examples: readonly { readonly values: readonly Cell[]; readonly answer: string }[];
  readonly preamble: string;
  readonly questionEnd: string;
  readonly answerEnd: string;
  readonly order?: readonly number[];
  readonly prompt: string;
  readonly completion: string;
}

function fit({ format, training = [] }: GoldenColumn, margin = 0): FittedFormat {
  return fitNumberFormat(format, Float64Array.from(training), margin);
}

function writerFor(golden: GoldenPrompt): PromptWriter {
  const { features, target, task, preamble, questionEnd, answerEnd } = golden;
  const spec = {
    task,
    template: { ...builtinTemplates[golden.template].texts, preamble, questionEnd, answerEnd },
    features: features.map((feature, index) => ({ ...feature, column: `c${index}`, include: true })),
    series: false,
    target: { labels: {}, ...target, column: 'answer' },
  };
  const fitted = { features: features.map((feature) => fit(feature)), target: fit(target, 0.1) };
  const columns = [...spec.features.map((feature) => feature.column), 'answer'];
  return PromptWriter.create(spec, { ...fitted, classes: golden.classes ?? [] }, columns);
}

describe('the built-in templates', () => {
  for (const wanted of golden.prompts as unknown as readonly GoldenPrompt[]) {
    it(`write ${wanted.title}`, () => {
      const row = [...wanted.features.map((feature) => feature.value), wanted.target.value];
      const examples = wanted.examples.map(({ values, answer }) => [...values, answer]);
      const rendered = writerFor(wanted).render(row, examples, wanted.order ? { order: wanted.order } : {});
      expect(rendered.prompt).toBe(wanted.prompt);
      expect(rendered.completion).toBe(wanted.completion);
      expect(rendered.segments.map((segment) => segment.text).join('')).toBe(wanted.prompt + wanted.completion);
    });
  }
});

interface GoldenFormat {
  readonly title: string;
  readonly format: NumberFormat;
  readonly training?: readonly number[];
  readonly margin?: number;
  readonly cases: readonly (readonly [string, string])[];
}

describe('the number formats', () => {
  for (const { title, format, training = [], margin, cases } of golden.formats as unknown as readonly GoldenFormat[]) {
    it(`write ${title}`, () => {
      const formatter = createFormatter(fitNumberFormat(format, Float64Array.from(training), margin));
      expect(cases.map(([cell]) => [cell, formatter.formatCell(cell)])).toEqual(cases);
    });
  }
});
