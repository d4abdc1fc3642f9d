import * as vscode from 'vscode';
import { registerCommand } from '../errors';
import { pickRun } from '../pickers/pick-run';
import type { RunArgument } from '../pickers/pick-run';
import type { RunStore } from '../runs/run-store';

/** Shows a run's folder: in the system's file manager on a desktop, else in the explorer. */
export function registerRevealRun(context: vscode.ExtensionContext, store: RunStore): void {
  registerCommand(context, 'revealRun', async (argument: RunArgument) => {
    const run = await pickRun(store, argument, vscode.l10n.t('Reveal Run Folder'));
    if (!run) return;
    const onDesktop = vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
    const command = onDesktop ? 'revealFileInOS' : 'revealInExplorer';
    await vscode.commands.executeCommand(command, vscode.Uri.file(run.folder.state));
  });
}
