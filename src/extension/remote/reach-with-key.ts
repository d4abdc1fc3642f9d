import * as vscode from 'vscode';
import { LiftError } from '../../core/foundation/lift-error';
import type { BackendChoice } from '../../core/run/backend-choice';
import { told } from '../told';
import type { RemoteKeys } from './remote-keys';

/** Somebody waits for the answer, and may have mistyped the address: it is not tried for long. */
export const testRetries = { tries: 2, firstPause: 500, stall: 30_000 };

/**
 * Tests a connection with the key that is kept for it, and asks for another one where the service wants it.
 * Undefined when the user gives none. Throws `cancelled` when the user does not want to wait for the answer.
 */
export async function reachWithKey<T extends object>(
  title: string,
  choice: BackendChoice,
  keys: Pick<RemoteKeys, 'key' | 'remember'>,
  test: (key: string | undefined, signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  for (;;) {
    const key = await keys.key(choice);
    let refusal: string;
    try {
      return await whileTesting((signal) => test(key, signal));
    } catch (error) {
      if (!LiftError.is(error, 'unauthorized')) throw error;
      refusal = told(error).message;
    }
    const given = await vscode.window.showInputBox({
      title,
      prompt:
        key === undefined
          ? vscode.l10n.t('A key is asked for there. It is kept in the key store of this system.')
          : vscode.l10n.t('{0} Give another key, or leave.', refusal),
      password: true,
      ignoreFocusOut: true,
    });
    if (given === undefined || given.trim() === '') return undefined;
    await keys.remember(choice, given.trim());
  }
}

function whileTesting<T>(test: (signal: AbortSignal) => Promise<T>): Thenable<T> {
  const title = vscode.l10n.t('Testing the connection…');
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, (_, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => {
      controller.abort();
    });
    return test(controller.signal);
  });
}
