import { LiftError } from '../../foundation/lift-error';

/** The four texts of a template that are written in the template language. */
export type TemplatePart = 'preamble' | 'question' | 'completion' | 'example';

/** Something wrong at one place of a template text. */
export interface TemplateProblem {
  readonly part: TemplatePart;
  /** Where in the part's text, in UTF-16 units from 0, and how long the wrong piece is. */
  readonly offset: number;
  readonly length: number;
  /** 1-based line and column (UTF-16 units) of `offset`, as editors count. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint: string;
}

/** The `template-invalid` error; it carries every problem of the template for editors, its message tells the first. */
export class TemplateError extends LiftError {
  readonly problems: readonly TemplateProblem[];

  constructor(problems: readonly [TemplateProblem, ...TemplateProblem[]]) {
    const first = problems[0];
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
    super(
      'template-invalid',
      `The ${first.part} template, line ${first.line}, column ${first.column}: ${first.message}${more}`,
      first.hint,
    );
    this.problems = problems;
  }
}

/** Collects the problems of one template text and knows its lines. */
export class ProblemList {
  readonly problems: TemplateProblem[] = [];

  constructor(
    readonly part: TemplatePart,
    readonly text: string,
  ) {}

  add(place: { readonly offset: number; readonly length: number }, message: string, hint: string): void {
    const before = this.text.slice(0, place.offset).split(/\r\n|[\n\r]/);
    this.problems.push({
      part: this.part,
      offset: place.offset,
      length: place.length,
      line: before.length,
      column: before.at(-1)!.length + 1,
      message,
      hint,
    });
  }
}
