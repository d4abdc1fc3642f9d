import * as vscode from 'vscode';
import { LiftError } from '../core/foundation/lift-error';
import { UntrustedError } from './commands/require-trust';
import { log } from './log';
import { told } from './told';

/**
 * Tells the user what happened and what to do, in one notification; the log has the rest. Cancelling is no error: whoever
 * cancelled knows.
 */
export function showError(error: unknown): void {
  const known = LiftError.from(error);
  if (known.code === 'cancelled') return;
  const { message, hint } = told(known);
  const text = `${message} ${hint}`.trim();
  if (known instanceof UntrustedError) {
    void offerTrust(text);
    return;
  }
  log.error(known.message, error);
  const showLog = vscode.l10n.t('Show Log');
  void vscode.window.showErrorMessage(text, showLog).then((choice) => {
    if (choice === showLog) log.show();
  });
}

async function offerTrust(text: string): Promise<void> {
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const choice = await vscode.window.showWarningMessage(text, manage);
  if (choice === manage) await vscode.commands.executeCommand('workbench.trust.manage');
}

/** Registers a command whose failure is shown, never swallowed. */
export function registerCommand(
  context: vscode.ExtensionContext,
  name: string,
  run: (...args: never[]) => unknown,
): void {
  context.subscriptions.push(
    vscode.commands.registerCommand(`lift.${name}`, async (...args: never[]) => {
      try {
        return await run(...args);
      } catch (error) {
        showError(error);
        return undefined;
      }
    }),
  );
}
