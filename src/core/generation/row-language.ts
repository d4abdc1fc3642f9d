import type { Random } from '../foundation/random';
import type { Tokenizer } from '../model/tokenizer/tokenizer';
import { spreadsheetLetter } from '../prompt/names/spreadsheet-letter';
import type { Cell } from '../table/table';
import type { TokenExample } from '../training/batches/token-example';
import type { GeneratedColumn } from './generated-column';

/** What may follow the beginning of a value. */
interface ValueNode {
  readonly next: Map<number, ValueNode>;
  /** The text that ends here. */
  text: number | undefined;
}

/** Ends a value: one that no value holds. */
const separators = [';', '|', '\n', '~', '\u241e'];

/** How a row is written for a model in the generating direction: `A012; Csetosa; B455;`, its columns in an order that both sides know. */
export class RowLanguage {
  /** What each row begins with. */
  readonly start: readonly number[];
  private readonly tags: readonly (readonly number[])[];
  private readonly values: readonly (readonly (readonly number[])[])[];
  private readonly tries: readonly ValueNode[];
  /** For each text of each column the places of those of its tokens that others could stand for: the rest follows. */
  private readonly choices: readonly (readonly (readonly number[])[])[];

  constructor(
    readonly columns: readonly GeneratedColumn[],
    tokenizer: Tokenizer,
  ) {
    const texts = columns.flatMap((column) => column.texts);
    const end = separators.find((mark) => !texts.some((text) => text.includes(mark))) ?? '\u241e\u241e';
    // In a context, as a tokenizer may write the beginning of a text in another way.
    const encode = (text: string): number[] => tokenizer.encodeSegments(['.', text])[1]!;
    this.start = tokenizer.encode('###');
    this.tags = columns.map((_, place) => encode(` ${spreadsheetLetter(place)}`));
    this.values = columns.map((column) => column.texts.map((text) => encode(` ${text}${end}`)));
    this.tries = this.values.map(trieOf);
    this.choices = this.values.map((texts, place) => texts.map((tokens) => choicesIn(tokens, this.tries[place]!)));
  }

  /**
   * The tokens of a row; undefined when a cell cannot be written. A model learns those that it will choose among others: what
   * the language leaves no choice about is never asked. An answer at the end counts as much as all columns that it follows
   * from, as each of these says little about the others where all of them say much about it.
   * @param random for the choice among the texts that mean a cell
   */
  example(cells: readonly Cell[], order: readonly number[], random: Random): TokenExample | undefined {
    const tokens = [...this.start];
    const lossPositions: number[] = [];
    const weights: number[] = [];
    const answerWeight = order.at(-1) === 0 ? Math.max(1, order.length - 1) : 1;
    for (const place of order) {
      const column = this.columns[place]!;
      const text = column.textOf(cells[column.index]!, random.next());
      if (text === undefined) return undefined;
      tokens.push(...this.tags[place]!);
      for (const at of this.choices[place]![text]!) {
        lossPositions.push(tokens.length + at);
        weights.push(place === 0 ? answerWeight : 1);
      }
      tokens.push(...this.values[place]![text]!);
    }
    return {
      tokens: Int32Array.from(tokens),
      lossPositions: Int32Array.from(lossPositions),
      weights: Float32Array.from(weights),
    };
  }

  /** The tokens of the beginning of a row: these columns with these texts. */
  prompt(given: readonly { readonly place: number; readonly text: number }[]): number[] {
    return [
      ...this.start,
      ...given.flatMap(({ place, text }) => [...this.tags[place]!, ...this.values[place]![text]!]),
    ];
  }

  /** The tokens that a whole row takes at most. */
  get longest(): number {
    const widths = this.values.map(
      (texts, place) => this.tags[place]!.length + Math.max(...texts.map((t) => t.length)),
    );
    return widths.reduce((sum, width) => sum + width, this.start.length);
  }

  /** Reads tokens as they are written: which tokens may come, and what was said so far. */
  reader(order: readonly number[]): RowReader {
    return new RowReader(order, this.tags, this.tries);
  }
}

/** Follows one row while it is written. Tokens must come as `allowed` says. */
export class RowReader {
  /** The text of each place that is whole. */
  readonly texts = new Map<number, number>();
  private read = 0;
  private column = 0;
  private tag = 0;
  private node: ValueNode;

  constructor(
    private readonly order: readonly number[],
    private readonly tags: readonly (readonly number[])[],
    private readonly tries: readonly ValueNode[],
  ) {
    this.node = tries[order[0] ?? 0]!;
  }

  get isWhole(): boolean {
    return this.column >= this.order.length;
  }

  /** Takes in what was written since the last time. */
  follow(tokens: readonly number[]): void {
    for (; this.read < tokens.length && !this.isWhole; this.read++) this.take(tokens[this.read]!);
  }

  /** What may come next, not empty unless the row is whole. */
  allowed(): readonly number[] {
    const tag = this.tags[this.order[this.column]!]!;
    return this.tag < tag.length ? [tag[this.tag]!] : [...this.node.next.keys()];
  }

  private take(token: number): void {
    const place = this.order[this.column]!;
    if (this.tag < this.tags[place]!.length) {
      this.tag++;
      return;
    }
    this.node = this.node.next.get(token)!;
    if (this.node.text === undefined) return;
    this.texts.set(place, this.node.text);
    this.column++;
    this.tag = 0;
    if (!this.isWhole) this.node = this.tries[this.order[this.column]!]!;
  }
}

/** All values merged where they begin alike. None begins another: each ends with a mark that none holds. */
function trieOf(values: readonly (readonly number[])[]): ValueNode {
  const root: ValueNode = { next: new Map(), text: undefined };
  values.forEach((tokens, text) => {
    let node = root;
    for (const token of tokens) {
      let next = node.next.get(token);
      if (next === undefined) node.next.set(token, (next = { next: new Map(), text: undefined }));
      node = next;
    }
    node.text = text;
  });
  return root;
}

/** The places at which a value goes on in one of several ways. */
function choicesIn(tokens: readonly number[], trie: ValueNode): number[] {
  let node = trie;
  return tokens.flatMap((token, at) => {
    const isChoice = node.next.size > 1;
    node = node.next.get(token)!;
    return isChoice ? [at] : [];
  });
}
