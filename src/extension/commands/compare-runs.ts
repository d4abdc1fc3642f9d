import * as vscode from 'vscode';
import { restoreComparisons, showComparison } from '../compare/comparison-panel';
import { registerCommand } from '../errors';
import { pickRun } from '../pickers/pick-run';
import type { RunArgument } from '../pickers/pick-run';
import type { RunStore } from '../runs/run-store';
import type { RunSummary } from '../runs/run-summary';

/** Compares two runs: those selected in the view, the one it was called on with one that is picked, or two picked ones. */
export function registerCompareRuns(context: vscode.ExtensionContext, store: RunStore): void {
  restoreComparisons(context);
  registerCommand(context, 'compareRuns', async (argument: RunArgument, selection?: readonly RunSummary[]) => {
    const chosen = selection?.filter(isComparable) ?? [];
    if (chosen.length === 2) {
      // The older one on the left: what changed since is then read from left to right.
      const [left, right] = chosen.sort((a, b) => a.state.createdAt.localeCompare(b.state.createdAt));
      showComparison(context.extensionUri, left!, right!);
      return;
    }
    const left = await pickRun(store, argument, vscode.l10n.t('Compare Which Run?'), isComparable);
    if (!left) return;
    const title = vscode.l10n.t('Compare “{0}” with Which Run?', left.state.name);
    const right = await pickRun(
      store,
      undefined,
      title,
      (run) => isComparable(run) && run.folder.path !== left.folder.path,
    );
    if (right) showComparison(context.extensionUri, left, right);
  });
}

/** Runs that have predicted their test rows. */
function isComparable({ testMetrics }: RunSummary): boolean {
  return testMetrics !== undefined;
}
