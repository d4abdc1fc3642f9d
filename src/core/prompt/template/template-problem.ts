import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { Phrase, Said } from '../../foundation/phrase';

/** The four texts of a template that are written in the template language. */
export type TemplatePart = 'preamble' | 'question' | 'completion' | 'example';

const templateNames: Record<TemplatePart, Phrase> = {
  preamble: phrase`The preamble template`,
  question: phrase`The question template`,
  completion: phrase`The completion template`,
  example: phrase`The example template`,
};

/** Something wrong at one place of a template text. */
export interface TemplateProblem {
  readonly part: TemplatePart;
  /** Where in the part's text, in UTF-16 units from 0, and how long the wrong piece is. */
  readonly offset: number;
  readonly length: number;
  /** 1-based line and column (UTF-16 units) of `offset`, as editors count. */
  readonly line: number;
  readonly column: number;
  readonly message: Said;
  readonly hint: Said;
}

/** The `template-invalid` error; it carries every problem of the template for editors, its message tells the first. */
export class TemplateError extends LiftError {
  readonly problems: readonly TemplateProblem[];

  constructor(problems: readonly [TemplateProblem, ...TemplateProblem[]]) {
    const first = problems[0];
    const more = problems.length > 1 ? phrase` (and ${problems.length - 1} more)` : '';
    const place = phrase`${templateNames[first.part]}, line ${first.line}, column ${first.column}`;
    super('template-invalid', phrase`${place}: ${first.message}${more}`, first.hint);
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

  add(place: { readonly offset: number; readonly length: number }, message: Said, hint: Said): void {
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
