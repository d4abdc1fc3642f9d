import * as vscode from 'vscode';
import { LiftError } from '../../core/foundation/lift-error';

/**
 * Whoever has moved a table learns it before the first question.
 * @param hint what to do
 * @throws LiftError `file-not-found` when the table is not there
 */
export async function requireTable(path: string, hint: string): Promise<void> {
  try {
    await vscode.workspace.fs.stat(vscode.Uri.file(path));
  } catch {
    throw new LiftError('file-not-found', vscode.l10n.t('The table is gone: {0}.', path), hint);
  }
}
