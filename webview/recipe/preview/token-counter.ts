import type { TokenCounts } from '../view-context';

/** Longer than from one key to the next. */
const pauseMs = 300;

/** Counts the tokens of the preview by the model's own tokenizer, a moment after the typing; never more than one question under way. */
export class TokenCounter {
  counts: TokenCounts | undefined;
  private key = '';
  private countedKey = '';
  private timer: number | undefined;

  constructor(
    private readonly count: (texts: readonly string[]) => Promise<readonly number[]>,
    private readonly changed: () => void,
  ) {}

  /** Whether the counts are those of a text before. */
  get isOld(): boolean {
    return this.key !== this.countedKey;
  }

  want(prompt: string, completion: string): void {
    const key = `${prompt}\u0000${completion}`;
    if (key === this.key) return;
    this.key = key;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(key, prompt, completion), pauseMs);
  }

  private async ask(key: string, prompt: string, completion: string): Promise<void> {
    let counts: TokenCounts | undefined;
    try {
      const [promptTokens = 0, completionTokens = 0] = await this.count([prompt, completion]);
      counts = { prompt: promptTokens, completion: completionTokens };
    } catch {
      // Without a model there is nothing to count with; the page says so where the model is named.
      counts = undefined;
    }
    if (key !== this.key) return;
    this.countedKey = key;
    this.counts = counts;
    this.changed();
  }
}
