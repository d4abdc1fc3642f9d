import type { Cell } from '../../table/table';
import type { ColumnView } from '../column-view';
import { shuffledNames } from '../names/shuffled-names';
import { spreadsheetLetter } from '../names/spreadsheet-letter';
import { meaningOf } from './template-meaning';
import type { ItemField, Meaning, TemplateEnvironment, TemplateScope } from './template-meaning';
import type { ProblemList } from './template-problem';
import type { Reference, TemplateNode } from './template-syntax';
import { phrase } from '../../foundation/phrase';

/** What a piece of a compiled template reads; `position` and `item` are set by the `{{#features}}` around it. */
export interface RowContext {
  row: readonly Cell[];
  /** The order of the features: `order[p]` is the index of the feature at position p. */
  order: readonly number[] | undefined;
  /** The row's written question, for `{{question}}`. */
  question: string;
  position: number;
  item: ColumnView | undefined;
}

/** A compiled piece of a template: its text for a row. */
export type Piece = (context: RowContext) => string;

/** Compiles parsed nodes to functions. Names without a meaning are added to `problems` and compile to nothing. */
export class TemplateCompiler {
  /** The columns that the compiled nodes read. */
  readonly usedColumns = new Set<string>();
  private readonly letters: readonly string[];
  private readonly numbers: readonly string[];

  constructor(
    private readonly environment: TemplateEnvironment,
    private readonly problems: ProblemList,
  ) {
    this.letters = environment.features.map((_, index) => spreadsheetLetter(index));
    this.numbers = environment.features.map((_, index) => String(index + 1));
  }

  /** A constant text or a function for a list of nodes. */
  compile(nodes: readonly TemplateNode[], scope: TemplateScope): string | Piece {
    const pieces: (string | Piece)[] = [];
    for (const node of nodes) {
      const piece = this.compileNode(node, scope);
      const last = pieces.at(-1);
      if (typeof piece === 'string' && typeof last === 'string') pieces[pieces.length - 1] = last + piece;
      else if (piece !== '') pieces.push(piece);
    }
    return joined(pieces);
  }

  /** What a reference means here; a reference that means nothing is reported. */
  meaning(reference: Reference, node: TemplateNode, scope: TemplateScope): Meaning {
    const meaning = meaningOf(reference, scope, this.environment);
    if (meaning.kind === 'nothing') this.problems.add(node.place, meaning.message, meaning.hint);
    if (meaning.kind === 'column') this.usedColumns.add(meaning.view.column);
    return meaning;
  }

  private compileNode(node: TemplateNode, scope: TemplateScope): string | Piece {
    switch (node.kind) {
      case 'text':
        return node.text;
      case 'reference':
        return this.compileReference(node, scope);
      case 'features':
        return this.compileFeatures(node, scope);
      case 'if':
        return this.compileCondition(node, scope);
    }
  }

  private compileReference(node: Extract<TemplateNode, { kind: 'reference' }>, scope: TemplateScope): string | Piece {
    const meaning = this.meaning(node.reference, node, scope);
    switch (meaning.kind) {
      case 'text':
        return meaning.text;
      case 'column': {
        const { view } = meaning;
        return (context) => view.show(context.row[view.cellIndex] ?? null);
      }
      case 'item':
        return this.itemPiece(meaning.field);
      case 'question':
        return (context) => context.question;
      case 'completion':
      case 'answer':
        this.problems.add(
          node.place,
          phrase`{{${meaning.kind}}} cannot stand inside a block.`,
          phrase`Move it out of the block.`,
        );
        return '';
      case 'nothing':
        return '';
    }
  }

  private itemPiece(field: ItemField): Piece {
    const { letters, numbers } = this;
    switch (field) {
      case 'value':
        return ({ item, row }) => item!.show(row[item!.cellIndex] ?? null);
      case 'name':
        return ({ item }) => item!.name;
      case 'shuffled': {
        const shuffled = shuffledNames(this.environment.features);
        return ({ item }) => shuffled.get(item!.column)!;
      }
      case 'unit':
        return ({ item }) => item!.unit;
      case 'letter':
        return ({ position }) => letters[position]!;
      case 'number':
        return ({ position }) => numbers[position]!;
    }
  }

  private compileFeatures(node: Extract<TemplateNode, { kind: 'features' }>, scope: TemplateScope): string | Piece {
    const { features } = this.environment;
    if (scope.part === 'preamble' || scope.part === 'completion') {
      const message = phrase`{{#features}} reads a row, but the ${scope.part} is the same for every row.`;
      this.problems.add(node.place, message, phrase`Move it to the question template.`);
    }
    for (const feature of features) this.usedColumns.add(feature.column);
    const body = asPiece(this.compile(node.body, { ...scope, inFeatures: true }));
    const { separator } = node;
    return (context) => {
      let text = '';
      for (let position = 0; position < features.length; position++) {
        context.position = position;
        context.item = features[context.order === undefined ? position : context.order[position]!];
        const item = body(context);
        if (item !== '') text = text === '' ? item : text + separator + item;
      }
      return text;
    };
  }

  private compileCondition(node: Extract<TemplateNode, { kind: 'if' }>, scope: TemplateScope): string | Piece {
    const holds = this.compileTest(node, scope);
    const then = this.compile(node.then, scope);
    const otherwise = this.compile(node.otherwise, scope);
    if (typeof holds === 'boolean') return holds ? then : otherwise;
    const [thenPiece, otherwisePiece] = [asPiece(then), asPiece(otherwise)];
    return (context) => (holds(context) ? thenPiece(context) : otherwisePiece(context));
  }

  private compileTest(
    node: Extract<TemplateNode, { kind: 'if' }>,
    scope: TemplateScope,
  ): boolean | ((context: RowContext) => boolean) {
    const { equals } = node;
    const meaning = this.meaning(node.subject, node, scope);
    if (meaning.kind === 'nothing') return true;
    if (meaning.kind === 'text') return equals === undefined ? meaning.text !== '' : meaning.text === equals;
    if (meaning.kind === 'column' || (meaning.kind === 'item' && meaning.field === 'value')) {
      const fixed = meaning.kind === 'column' ? meaning.view : undefined;
      return ({ row, item }) => {
        const cell = row[(fixed ?? item!).cellIndex] ?? null;
        return equals === undefined ? cell !== null : cell === equals;
      };
    }
    if (meaning.kind === 'item') {
      const text = this.itemPiece(meaning.field);
      return (context) => (equals === undefined ? text(context) !== '' : text(context) === equals);
    }
    this.problems.add(node.place, phrase`{{${meaning.kind}}} cannot be a condition.`, phrase`Name a column.`);
    return true;
  }
}

export function asPiece(piece: string | Piece): Piece {
  return typeof piece === 'string' ? () => piece : piece;
}

function joined(pieces: readonly (string | Piece)[]): string | Piece {
  const [first = '', second] = pieces;
  if (second === undefined) return first;
  const functions = pieces.map(asPiece);
  return (context) => {
    let text = '';
    for (const piece of functions) text += piece(context);
    return text;
  };
}
