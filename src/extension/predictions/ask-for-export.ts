import { basename, dirname, extname, join } from 'node:path';
import * as vscode from 'vscode';
import { exportRows } from './export-rows';
import type { PredictionsModel } from './predictions-model';

/** Asks how and where, then writes the rows that are shown. */
export async function askForExport(model: PredictionsModel, table: vscode.Uri): Promise<void> {
  const title = vscode.l10n.t('Export Rows');
  const how = await vscode.window.showQuickPick(
    [
      {
        label: vscode.l10n.t('CSV'),
        detail: vscode.l10n.t('Cells exactly as they are in the table'),
        neutralise: false,
      },
      {
        label: vscode.l10n.t('CSV for a spreadsheet'),
        detail: vscode.l10n.t(
          'An apostrophe goes before cells that begin like a formula (=, +, -, @), so that a spreadsheet does not run them',
        ),
        neutralise: true,
      },
    ],
    { title },
  );
  if (!how) return;
  const stem = basename(table.fsPath, extname(table.fsPath));
  const to = await vscode.window.showSaveDialog({
    title,
    defaultUri: vscode.Uri.file(join(dirname(table.fsPath), `${stem}-lift.csv`)),
    filters: { CSV: ['csv'] },
  });
  if (!to) return;
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  await vscode.window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => {
      controller.abort();
    });
    const { signal } = controller;
    await exportRows(to.fsPath, table.fsPath, model.rows, model.viewRows(signal), {
      neutralise: how.neutralise,
      signal,
      onProgress: (rows) => {
        progress.report({ message: vscode.l10n.t('{0} rows', rows.toLocaleString()) });
      },
    });
  });
  const open = vscode.l10n.t('Open');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('{0} is written.', basename(to.fsPath)),
    open,
  );
  if (answer === open) await vscode.commands.executeCommand('vscode.open', to);
}
