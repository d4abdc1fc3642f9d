import type { Recipe } from '../../src/core/recipe/recipe';
import type { RecipeChange } from '../../src/shared/recipe-view';
import { keepSame } from '../common/keep-same';

/** Longer than from one key to the next: the workbench takes a change in, and marks its document, while nobody types. */
const sendAfterMs = 400;

/**
 * The recipe as the page shows it: changed at once, sent to the document at a pause of the typing, so that typing is never
 * waited for. A state that comes back from the document counts only when nothing is on its way to it.
 */
export class Draft {
  private changes: RecipeChange[] = [];
  private timer: number | undefined;
  private underWay = 0;
  private sending: Promise<void> = Promise.resolve();

  constructor(
    private readonly sendChanges: (changes: readonly RecipeChange[]) => Promise<unknown>,
    private readonly changed: () => void,
    public recipe: Recipe,
  ) {}

  /** Changes one value; changes of the same value that have not been sent are merged. */
  set(path: readonly (string | number)[], value: unknown): void {
    this.recipe = withValue(this.recipe, path, value) as Recipe;
    const key = JSON.stringify(path);
    this.changes = [...this.changes.filter((change) => JSON.stringify(change.path) !== key), { path, value }];
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.send(), sendAfterMs);
    this.changed();
  }

  /** Takes the document's recipe, unless the page is ahead of it. */
  take(recipe: Recipe): void {
    if (this.changes.length === 0 && this.underWay === 0) this.recipe = keepSame(this.recipe, recipe);
  }

  /** Sends what has not been sent yet, and waits for what is on its way: before anything that reads the document. */
  async send(): Promise<void> {
    clearTimeout(this.timer);
    const { changes } = this;
    if (changes.length > 0) {
      this.changes = [];
      this.sending = this.deliver(changes);
    }
    await this.sending;
  }

  private async deliver(changes: readonly RecipeChange[]): Promise<void> {
    this.underWay++;
    try {
      await this.sendChanges(changes);
    } finally {
      this.underWay--;
    }
  }
}

function withValue(document: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(document))
    return document.map((item, index) => (index === key ? withValue(item, rest, value) : (item as unknown)));
  const record = document as Record<string, unknown>;
  return { ...record, [key]: withValue(record[key], rest, value) };
}
