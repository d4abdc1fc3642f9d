import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { parseNumber } from '../table/columns/parse-number';
import type { Cell } from '../table/table';
import { createLabelParser, createNumberParser } from './answer-parser';
import type { Answer, CompletionFrame } from './answer-parser';
import { ColumnFinder } from './names/column-finder';
import { compileTemplate } from './template/compile-template';
import type { CompiledTemplate } from './template/compile-template';
import { createFormatter } from './numbers/number-format';
import type { Formatter } from './numbers/number-format';
import { createEnvironment } from './template/prompt-environment';
import type { PromptFit } from './prompt-fit';
import { SegmentList } from './prompt-segment';
import type { RenderedPrompt } from './prompt-segment';
import { spokenLabel } from './prompt-spec';
import { RowScale } from './numbers/row-scale';
import type { PromptSpec, Task } from './prompt-spec';
import type { RowContext } from './template/template-compiler';
import { TemplateError } from './template/template-problem';
import type { TemplateProblem } from './template/template-problem';

export interface RenderOptions {
  /** `order[p]` = index, among the included features, of the feature at position p: the same for all rows of a prompt. */
  readonly order?: readonly number[];
}

/** Writes rows of a table as prompts and reads answers back. Create one for a spec, its fit and a table's columns. */
export class PromptWriter {
  readonly task: Task;
  /** The classes as the table writes them; empty in a regression. */
  readonly classes: readonly string[];
  /** How many features `{{#features}}` goes over: the length of an `order`. */
  readonly featureCount: number;
  /** The columns that prompts read, the target not among them. */
  readonly usedColumns: readonly string[];
  /** Writes and inverts the numbers of regression answers. */
  readonly answerFormatter: Formatter;
  /** What stands around an answer in the completion. */
  readonly frame: CompletionFrame;
  private readonly spoken: ReadonlyMap<string, string>;
  private readonly read: (text: string) => Answer;

  private constructor(
    spec: PromptSpec,
    fit: PromptFit,
    private readonly template: CompiledTemplate,
    private readonly questionEnd: string,
    private readonly targetIndex: number,
    private readonly scale: RowScale,
  ) {
    this.task = spec.task;
    this.classes = fit.classes;
    this.featureCount = spec.features.filter((feature) => feature.include).length;
    this.usedColumns = template.usedColumns;
    this.answerFormatter = createFormatter(fit.target);
    this.frame = { before: template.beforeAnswer, after: template.afterAnswer, end: spec.template.answerEnd };
    this.spoken = spokenLabels(spec, fit.classes);
    this.read =
      this.task === 'classification'
        ? createLabelParser(this.frame, this.spoken)
        : createNumberParser(this.frame, this.answerFormatter);
  }

  /**
   * @param fit what the training rows taught (`fitPrompt`)
   * @param columns the names of the columns in the order of the cells of a row; the target may be absent
   * @throws TemplateError (`template-invalid`) with every problem of the template; LiftError `column-missing` for an included
   *   feature that is not in `columns`; `target-invalid` when two classes have the same spoken label
   */
  static create(spec: PromptSpec, fit: PromptFit, columns: readonly string[]): PromptWriter {
    const finder = new ColumnFinder(columns);
    for (const feature of spec.features) if (feature.include) finder.indexOf(feature.column);
    const environment = createEnvironment(spec, fit, columns);
    const { template, problems } = compileTemplate(spec.template, environment);
    const [first, ...others] = problems;
    if (first !== undefined) throw new TemplateError([first, ...others]);
    const target = columns.indexOf(spec.target.column);
    return new PromptWriter(spec, fit, template, spec.template.questionEnd, target, new RowScale(spec, finder));
  }

  /** Every problem of a spec's template for a table with these columns, for an editor; empty when it is sound. */
  static problems(spec: PromptSpec, columns: readonly string[]): TemplateProblem[] {
    return compileTemplate(spec.template, createEnvironment(spec, undefined, columns)).problems;
  }

  /**
   * Writes one row, with example rows and their answers before it.
   *
   * @throws LiftError `target-invalid` when an example row has no answer
   */
  render(row: readonly Cell[], examples: readonly (readonly Cell[])[], options: RenderOptions = {}): RenderedPrompt {
    const told = this.told(row);
    const context: RowContext = { row: told, order: options.order, question: '', position: 0, item: undefined };
    const segments = new SegmentList();
    segments.add('context', this.template.preamble);
    for (const example of examples) this.addExample(example, context, segments);
    context.row = told;
    segments.add('question', this.template.question(context) + this.questionEnd);
    return segments.finish(this.completionFor(row));
  }

  /** A row as prompts tell it. */
  told(row: readonly Cell[]): readonly Cell[] {
    return this.scale.of(row);
  }

  /** The completion for an answer as the table writes it: " setosa@@@". In a regression the answer is a number's text. */
  completionOf(answer: string): string {
    const text =
      this.task === 'classification' ? (this.spoken.get(answer) ?? answer) : this.answerFormatter.formatCell(answer);
    return this.frame.before + text + this.frame.after + this.frame.end;
  }

  /** Reads a generated text. */
  parseAnswer(text: string): Answer {
    return this.read(text);
  }

  private addExample(row: readonly Cell[], context: RowContext, segments: SegmentList): void {
    const completion = this.completionFor(row);
    if (completion === '') {
      throw new LiftError(
        'target-invalid',
        'An example row has no answer.',
        'Choose example rows with a target value.',
      );
    }
    context.row = this.told(row);
    context.question = this.template.question(context) + this.questionEnd;
    for (const piece of this.template.example) {
      if (piece === 'completion') segments.add('example-answer', completion);
      else segments.add('context', piece(context));
    }
  }

  /** The row's completion; empty when its answer is missing, or no number in a regression. */
  private completionFor(row: readonly Cell[]): string {
    const answer = row[this.targetIndex] ?? null;
    if (answer === null || (this.task === 'regression' && parseNumber(answer) === undefined)) return '';
    return this.completionOf(answer);
  }
}

function spokenLabels(spec: PromptSpec, classes: readonly string[]): Map<string, string> {
  const spoken = new Map<string, string>();
  const owners = new Map<string, string>();
  for (const label of classes) {
    const text = spokenLabel(spec.target, label);
    const owner = owners.get(text);
    if (owner !== undefined) {
      throw new LiftError(
        'target-invalid',
        phrase`The classes "${owner}" and "${label}" of "${spec.target.column}" are both spoken as "${text}".`,
        'Give each class its own label.',
      );
    }
    owners.set(text, label);
    spoken.set(label, text);
  }
  return spoken;
}
