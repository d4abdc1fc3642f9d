import type { Tokenizer } from '../model/tokenizer/tokenizer';
import { CompletionTree } from './completion-tree';
import type { ScoringRow } from './scoring-text';

/** Completions that follow prompts with the same end, whatever comes before it. */
interface KnownEnd {
  /** Undefined where a token may lie across the boundary, so that each prompt has to be looked at as a whole. */
  readonly tree: CompletionTree | undefined;
}

/** The last word of a text with what separates it. */
const lastWord = /\s?\S*\s*$/u;

/**
 * Tokens of prompts and of the completions that may follow them, exactly as the tokenizer writes the two together: what
 * the model saw in training. Mostly no token crosses from a prompt into its completion, and the completions are encoded
 * once for all prompts that end alike; else the tokens that all completions of a prompt have in common count as its prompt.
 */
export class CompletionEncoder {
  private readonly known = new Map<string, KnownEnd>();

  constructor(
    private readonly tokenizer: Tokenizer,
    private readonly completions: readonly string[],
  ) {}

  /** @throws LiftError `template-invalid` when the tokens of one completion begin another's */
  row(prompt: string): ScoringRow {
    const end = lastWord.exec(prompt)![0];
    let known = this.known.get(end);
    if (known === undefined) this.known.set(end, (known = { tree: this.treeAfter(end) }));
    if (known.tree !== undefined) return { prompt: this.tokenizer.encode(prompt), tree: known.tree };
    return this.wholeRow(prompt);
  }

  private treeAfter(end: string): CompletionTree | undefined {
    const alone = this.tokenizer.encode(end);
    const tokens: number[][] = [];
    for (const completion of this.completions) {
      const [before, after] = this.tokenizer.encodeSegments([end, completion]);
      if (before!.length !== alone.length || before!.some((token, index) => token !== alone[index])) return undefined;
      tokens.push(after!);
    }
    return new CompletionTree(tokens);
  }

  private wholeRow(prompt: string): ScoringRow {
    const texts = this.completions.map((completion) => this.tokenizer.encode(prompt + completion));
    const [first = []] = texts;
    let common = 0;
    while (common < first.length - 1 && texts.every((tokens) => tokens[common] === first[common])) common++;
    return { prompt: first.slice(0, common), tree: new CompletionTree(texts.map((tokens) => tokens.slice(common))) };
  }
}
