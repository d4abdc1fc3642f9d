import * as vscode from 'vscode';
import { registerCommand } from '../errors';
import { pickRun } from '../pickers/pick-run';
import type { RunArgument } from '../pickers/pick-run';
import type { RunStore } from '../runs/run-store';

/** Moves a run folder to the trash, after asking. */
export function registerDeleteRun(context: vscode.ExtensionContext, store: RunStore): void {
  registerCommand(context, 'deleteRun', async (argument: RunArgument) => {
    const run = await pickRun(store, argument, vscode.l10n.t('Delete Run'), ({ state }) => state.state !== 'running');
    if (!run) return;
    const confirm = vscode.l10n.t('Move to Trash');
    const choice = await vscode.window.showWarningMessage(
      vscode.l10n.t('Delete the run “{0}”?', run.state.name),
      {
        modal: true,
        detail: vscode.l10n.t('Its predictions, metrics and adapter go to the trash: {0}', run.folder.path),
      },
      confirm,
    );
    if (choice !== confirm) return;
    await moveToTrash(vscode.Uri.file(run.folder.path));
    await store.refresh();
  });
}

/** Not every file system has a trash (a server's has none): there the user decides again. */
async function moveToTrash(uri: vscode.Uri): Promise<void> {
  try {
    await vscode.workspace.fs.delete(uri, { recursive: true, useTrash: true });
  } catch {
    const confirm = vscode.l10n.t('Delete Permanently');
    const choice = await vscode.window.showWarningMessage(
      vscode.l10n.t('There is no trash here. Delete the run permanently?'),
      { modal: true },
      confirm,
    );
    if (choice === confirm) await vscode.workspace.fs.delete(uri, { recursive: true, useTrash: false });
  }
}
