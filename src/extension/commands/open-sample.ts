import * as vscode from 'vscode';
import { registerCommand } from '../errors';

/** Copies a sample table into the workspace (the extension's own folder is not the user's) and opens it. */
export function registerOpenSample(context: vscode.ExtensionContext): void {
  registerCommand(context, 'openSample', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? context.globalStorageUri;
    const choice = await vscode.window.showQuickPick(samples(), {
      title: vscode.l10n.t('Open a Sample Table'),
      placeHolder: vscode.l10n.t('It is copied into your workspace'),
    });
    if (!choice) return;
    const name = choice.file;
    const target = vscode.Uri.joinPath(folder, name);
    await copyIfMissing(vscode.Uri.joinPath(context.extensionUri, 'media', 'samples', name), target);
    await vscode.window.showTextDocument(target);
    const fineTune = vscode.l10n.t('Fine-tune with LIFT');
    void vscode.window
      .showInformationMessage(vscode.l10n.t('{0} is open. Fine-tune a model on it?', name), fineTune)
      .then((answer) => {
        if (answer === fineTune) void vscode.commands.executeCommand('lift.fineTune', target);
      });
  });
}

function samples(): (vscode.QuickPickItem & { file: string })[] {
  return [
    { label: 'iris', file: 'iris.csv', description: vscode.l10n.t('150 flowers, which species?') },
    {
      label: 'wholesale customers',
      file: 'wholesale_customers.csv',
      description: vscode.l10n.t('440 customers, which channel?'),
    },
    { label: 'auto mpg', file: 'auto_mpg.csv', description: vscode.l10n.t('398 cars, how many miles per gallon?') },
  ];
}

async function copyIfMissing(source: vscode.Uri, target: vscode.Uri): Promise<void> {
  try {
    await vscode.workspace.fs.stat(target);
  } catch {
    await vscode.workspace.fs.copy(source, target);
  }
}
