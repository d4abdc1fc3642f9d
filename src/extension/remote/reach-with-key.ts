import * as vscode from 'vscode';
import { LiftError } from '../../core/foundation/lift-error';
import type { BackendChoice } from '../../core/run/backend-choice';
import type { RemoteKeys } from './remote-keys';

/**
 * Tests a connection with the key that is kept for it, and asks for another one where the service wants it.
 * Undefined when the user gives none.
 */
export async function reachWithKey<T extends object>(
  title: string,
  choice: BackendChoice,
  keys: Pick<RemoteKeys, 'key' | 'remember'>,
  test: (key: string | undefined) => Promise<T>,
): Promise<T | undefined> {
  for (;;) {
    const key = await keys.key(choice);
    try {
      return await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Testing the connection…') },
        () => test(key),
      );
    } catch (error) {
      if (!LiftError.is(error, 'unauthorized')) throw error;
    }
    const given = await vscode.window.showInputBox({
      title,
      prompt:
        key === undefined
          ? vscode.l10n.t('A key is asked for there. It is kept in the key store of this system.')
          : vscode.l10n.t('The key that is kept for it is not accepted there. Give another one.'),
      password: true,
      ignoreFocusOut: true,
    });
    if (given === undefined || given.trim() === '') return undefined;
    await keys.remember(choice, given.trim());
  }
}
