import * as vscode from 'vscode';
import { LiftError } from '../../core/foundation/lift-error';

/** A recipe names a model to run and a folder to write to: only in a workspace that the user trusts. */
export function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new LiftError(
    'usage',
    vscode.l10n.t('This workspace is not trusted, so nothing is run.'),
    vscode.l10n.t('Trust it (Workspaces: Manage Workspace Trust), then fine-tune.'),
  );
}
