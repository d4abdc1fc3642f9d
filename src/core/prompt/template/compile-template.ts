import type { TemplateTexts } from './builtin-templates';
import { TemplateCompiler, asPiece } from './template-compiler';
import type { Piece } from './template-compiler';
import type { TemplateEnvironment } from './template-meaning';
import { parseTemplate } from './template-parser';
import { ProblemList } from './template-problem';
import type { TemplatePart, TemplateProblem } from './template-problem';
import type { TemplateNode } from './template-syntax';
import { phrase } from '../../foundation/phrase';
import type { Said } from '../../foundation/phrase';

/** A template ready to write rows. */
export interface CompiledTemplate {
  readonly preamble: string;
  /** The question without `questionEnd`. */
  readonly question: Piece;
  /** An example row: its pieces, and the places of its completion. */
  readonly example: readonly (Piece | 'completion')[];
  /** The completion's text before and after the answer, without `answerEnd`. */
  readonly beforeAnswer: string;
  readonly afterAnswer: string;
  /** The columns that the template reads, in no order. */
  readonly usedColumns: readonly string[];
}

/** Compiles the four texts of a template. With any problem in the list the compiled template is not to be used. */
export function compileTemplate(
  texts: TemplateTexts,
  environment: TemplateEnvironment,
): { template: CompiledTemplate; problems: TemplateProblem[] } {
  const parts = (['preamble', 'question', 'completion', 'example'] as const).map((part) => {
    const problems = new ProblemList(part, texts[part]);
    return new TemplateText(part, parseTemplate(problems), problems, environment);
  }) as [TemplateText, TemplateText, TemplateText, TemplateText];
  const [preamble, question, completion, example] = parts;
  const [beforeAnswer, afterAnswer] = completion.splitAt(
    'answer',
    phrase`Write it once: it is the answer to be learnt.`,
  );
  const template: CompiledTemplate = {
    preamble: preamble.constant(),
    question: question.question(),
    example: example.example(),
    beforeAnswer,
    afterAnswer,
    usedColumns: [...new Set([...question.compiler.usedColumns, ...example.compiler.usedColumns])],
  };
  return { template, problems: parts.flatMap((part) => part.problems.problems) };
}

class TemplateText {
  readonly compiler: TemplateCompiler;

  constructor(
    private readonly part: TemplatePart,
    private readonly nodes: readonly TemplateNode[],
    readonly problems: ProblemList,
    environment: TemplateEnvironment,
  ) {
    this.compiler = new TemplateCompiler(environment, problems);
  }

  constant(): string {
    return constantOf(this.compile(this.nodes));
  }

  question(): Piece {
    const piece = this.compile(this.nodes);
    if (this.compiler.usedColumns.size === 0 && this.problems.problems.length === 0) {
      this.addAtStart(
        phrase`it names no column: every row would read the same.`,
        phrase`Write {{#features ", "}} … {{/features}}.`,
      );
    }
    return asPiece(piece);
  }

  example(): (Piece | 'completion')[] {
    const pieces: (Piece | 'completion')[] = [];
    const parts = this.splitNodes('completion');
    if (parts.length === 1)
      this.addAtStart(phrase`{{completion}} is missing.`, phrase`Write the answer as {{completion}}.`);
    parts.forEach((part, index) => {
      if (index > 0) pieces.push('completion');
      const piece = this.compile(part);
      if (piece !== '') pieces.push(asPiece(piece));
    });
    return pieces;
  }

  /** The constant texts before and after the one reference of this name. */
  splitAt(name: string, advice: Said): [string, string] {
    const parts = this.splitNodes(name);
    if (parts.length !== 2) {
      const isMissing = parts.length === 1;
      this.addAtStart(isMissing ? phrase`{{${name}}} is missing.` : phrase`{{${name}}} stands more than once.`, advice);
    }
    const [before = '', after = ''] = parts.map((part) => constantOf(this.compile(part)));
    return [before, after];
  }

  /** The nodes between the references of this name at the top level. */
  private splitNodes(name: string): TemplateNode[][] {
    const parts: TemplateNode[][] = [[]];
    for (const node of this.nodes) {
      const splits = node.kind === 'reference' && !node.reference.isColumn && node.reference.name === name;
      if (splits) parts.push([]);
      else parts.at(-1)!.push(node);
    }
    return parts;
  }

  private compile(nodes: readonly TemplateNode[]): string | Piece {
    return this.compiler.compile(nodes, { part: this.part, inFeatures: false });
  }

  private addAtStart(message: Said, hint: Said): void {
    this.problems.add({ offset: 0, length: this.problems.text.length }, message, hint);
  }
}

/** Preambles and completions read no row; where a template wrongly does, the problem is already in the list. */
function constantOf(piece: string | Piece): string {
  return typeof piece === 'string' ? piece : '';
}
