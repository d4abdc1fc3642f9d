import { join } from 'node:path';
import * as vscode from 'vscode';
import { registerCommand } from '../errors';
import { hasModel, pickRun } from '../pickers/pick-run';
import type { RunArgument } from '../pickers/pick-run';
import type { RunStore } from '../runs/run-store';
import { showReport } from '../show-report';
import type { TrainingService } from '../training/training-service';
import { requireTrust } from './require-trust';
import { withEngine } from './use-run';

const offeredRows = 100;

/** Rows like those that a run was trained on, in a file of their own that opens when they are there. */
export function registerGenerateRows(
  context: vscode.ExtensionContext,
  store: RunStore,
  training: TrainingService,
): void {
  registerCommand(context, 'generateRows', async (argument: RunArgument) => {
    requireTrust();
    const title = vscode.l10n.t('Generate Rows');
    const run = await pickRun(store, argument, title, hasModel);
    if (!run) return;
    const rows = await vscode.window.showInputBox({
      title,
      prompt: vscode.l10n.t('How many rows?'),
      value: String(offeredRows),
      validateInput: (text) =>
        /^[1-9]\d{0,6}$/u.test(text.trim()) ? undefined : vscode.l10n.t('A whole number from 1'),
    });
    if (rows === undefined) return;
    const where = await vscode.window.showInputBox({
      title,
      prompt: vscode.l10n.t('Only rows with these values? Write column=value, several with a semicolon between them.'),
      placeHolder: vscode.l10n.t('Leave it empty for rows of any kind'),
    });
    if (where === undefined) return;
    const target = await vscode.window.showSaveDialog({
      title,
      defaultUri: vscode.Uri.file(join(run.folder.path, '..', '..', '..', `${run.state.name}-made.csv`)),
      filters: { [vscode.l10n.t('Tables')]: ['csv'] },
    });
    if (!target) return;
    const request = {
      run: run.folder.path,
      rows: Number(rows),
      where: where
        .split(';')
        .map((text) => text.trim())
        .filter((text) => text !== ''),
      temperature: 1,
      seed: 0,
      dropCopies: true,
      out: target.fsPath,
      // Beside the run, not in the user's folder: it is shown when it is asked for.
      report: join(run.folder.path, 'made-rows.html'),
    };
    const result = await withEngine(training, `${title}: ${run.state.name}`, (engine, options) =>
      engine.generate(request, options),
    );
    await vscode.window.showTextDocument(target);
    const { report } = result;
    const show = vscode.l10n.t('Show Report');
    const text = madeText(result.rows, result.fidelity?.tellingApartAuc);
    const answer = await vscode.window.showInformationMessage(text, ...(report === undefined ? [] : [show]));
    if (answer === show && report !== undefined) await showReport(title, report);
  });
}

function madeText(rows: number, auc: number | undefined): string {
  const count = rows.toLocaleString(vscode.env.language);
  if (auc === undefined) return vscode.l10n.t('{0} rows are made.', count);
  return vscode.l10n.t(
    '{0} rows are made. Telling them from real ones: AUC {1} (0.5 is guessing, 1 is always).',
    count,
    auc.toFixed(2),
  );
}
