import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { registerCommand } from '../errors';
import { pickCsv } from '../pickers/pick-csv';
import { hasModel, pickRun } from '../pickers/pick-run';
import type { RunArgument } from '../pickers/pick-run';
import { askingChoice } from '../remote/resume-request';
import type { RunStore } from '../runs/run-store';
import type { TrainingService } from '../training/training-service';
import { requireTrust } from './require-trust';
import { withEngine } from './with-engine';

/** What a finished run is good for: predicting other rows, and leaving as a model. */
export function registerUseRun(context: vscode.ExtensionContext, store: RunStore, training: TrainingService): void {
  registerCommand(context, 'predictRows', async (argument: RunArgument | vscode.Uri) => {
    requireTrust();
    const csvGiven = argument instanceof vscode.Uri ? argument : undefined;
    const runGiven = argument instanceof vscode.Uri ? undefined : argument;
    const title = vscode.l10n.t('Predict Rows');
    const run = await pickRun(store, runGiven, title, hasModel);
    if (!run) return;
    const csv = await pickCsv(csvGiven, title);
    if (!csv) return;
    const name = `${basename(csv.fsPath).replace(/\.(csv|tsv)$/iu, '')}.predictions.csv`;
    const out = join(dirname(csv.fsPath), name);
    // A model that stays with its service is asked there, with the key of that service.
    const backend = askingChoice(run.state);
    const request = { run: run.folder.path, dataset: csv.fsPath, out, backend };
    const result = await withEngine(
      training,
      `${title}: ${basename(csv.fsPath)}`,
      (engine, options) => engine.predict(request, options),
      { backend },
    );
    await vscode.window.showTextDocument(vscode.Uri.file(result.out));
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} rows are predicted.', result.rows.toLocaleString()));
  });

  registerCommand(context, 'exportModel', async (argument: RunArgument) => {
    requireTrust();
    const title = vscode.l10n.t('Export Model');
    const run = await pickRun(store, argument, title, hasModel);
    if (!run) return;
    const formats = [
      {
        label: 'PEFT',
        detail: vscode.l10n.t('An adapter or model folder for Python: peft, transformers'),
        format: 'peft',
      },
      {
        label: 'transformers.js',
        detail: vscode.l10n.t('ONNX with everything merged, for JavaScript'),
        format: 'transformers.js',
      },
    ] as const;
    const chosen = await vscode.window.showQuickPick(formats, { title });
    if (!chosen) return;
    const [parent] =
      (await vscode.window.showOpenDialog({
        title: vscode.l10n.t('Folder to export into'),
        canSelectFolders: true,
        canSelectFiles: false,
        defaultUri: vscode.Uri.file(dirname(run.state.dataset.path)),
      })) ?? [];
    if (!parent) return;
    const out = join(parent.fsPath, `${run.state.name}-${chosen.format.replace('.', '')}`);
    await withEngine(training, title, (engine, options) =>
      engine.export({ run: run.folder.path, format: chosen.format, out }, options),
    );
    const reveal = vscode.l10n.t('Reveal');
    const answer = await vscode.window.showInformationMessage(vscode.l10n.t('The model is in {0}.', out), reveal);
    if (answer) await vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(out));
  });
}
