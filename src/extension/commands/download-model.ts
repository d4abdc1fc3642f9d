import * as vscode from 'vscode';
import { registerCommand } from '../errors';
import { ensureModel } from '../models/ensure-model';

/** Downloads a model of the hub, so that it can be used without a network from then on. */
export function registerDownloadModel(context: vscode.ExtensionContext): void {
  registerCommand(context, 'downloadModel', async (given?: string) => {
    const id = typeof given === 'string' ? given : await askForId();
    if (id === undefined || id === '') return;
    await ensureModel(id);
    void vscode.window.showInformationMessage(vscode.l10n.t('The model {0} is on this computer.', id));
  });
}

function askForId(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Download Model'),
    prompt: vscode.l10n.t('The id of a model of the Hugging Face hub'),
    value: 'HuggingFaceTB/SmolLM2-135M',
  });
}
