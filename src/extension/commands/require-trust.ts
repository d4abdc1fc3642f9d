import * as vscode from 'vscode';
import { LiftError } from '../../core/foundation/lift-error';

/** Something was asked for that is off while the workspace is not trusted. */
export class UntrustedError extends LiftError {
  constructor() {
    super(
      'usage',
      vscode.l10n.t('This workspace is in Restricted Mode: tables and prompts can be seen, but no model is run.'),
      vscode.l10n.t('Trust the workspace to fine-tune and to predict.'),
    );
  }
}

/** A recipe and a run name a model to run and a folder to write to: only in a workspace that the user trusts. */
export function requireTrust(): void {
  if (!vscode.workspace.isTrusted) throw new UntrustedError();
}
