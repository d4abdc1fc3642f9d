import type * as vscode from 'vscode';
import type { Recipe } from '../../core/recipe/recipe';

const storedAt = 'lift.tokensPerSecond';

/** How fast this machine has trained: tokens a second of the last run with a model, as it is trained. */
export class MachineSpeed {
  constructor(private readonly memento: Pick<vscode.Memento, 'get' | 'update'>) {}

  /** Undefined when nothing of the kind was trained here yet. */
  of(recipe: Recipe): number | undefined {
    return this.all()[keyOf(recipe)];
  }

  async remember(recipe: Recipe, tokensPerSecond: number): Promise<void> {
    await this.memento.update(storedAt, { ...this.all(), [keyOf(recipe)]: tokensPerSecond });
  }

  private all(): Readonly<Record<string, number>> {
    return this.memento.get<Record<string, number>>(storedAt) ?? {};
  }
}

/** What the speed depends on most, beside the machine. */
function keyOf({ model, training: { method, lora } }: Recipe): string {
  return [model.id, method, ...(method === 'lora' ? [lora.layers] : [])].join(' ');
}
