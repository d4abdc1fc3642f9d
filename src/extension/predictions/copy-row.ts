import * as vscode from 'vscode';
import type { PredictionsModel } from './predictions-model';
import { rowAsText } from './row-as-text';

const shownMs = 3000;

/** Puts a row with its prediction on the clipboard: names and values, separated by tabs, as spreadsheets take them. */
export async function copyRow(model: PredictionsModel, row: number): Promise<void> {
  await vscode.env.clipboard.writeText(rowAsText(await model.inspect(row)));
  vscode.window.setStatusBarMessage(vscode.l10n.t('Row {0} is copied.', (row + 1).toLocaleString()), shownMs);
}
