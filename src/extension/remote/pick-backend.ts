import * as vscode from 'vscode';
import { rayAddress, RayService } from '../../core/backends/ray-service';
import { checkedAddress } from '../../core/backends/server-address';
import { LiftError } from '../../core/foundation/lift-error';
import type { BackendChoice, RayChoice } from '../../core/run/backend-choice';
import type { RemoteKeys } from './remote-keys';
import { remoteSettings } from './remote-settings';

/** Lets the user choose where to fine-tune, and tests the connection; undefined when they have chosen not to. */
export async function pickBackend(keys: RemoteKeys): Promise<BackendChoice | undefined> {
  const title = vscode.l10n.t('Fine-Tune Remotely');
  const items = [
    {
      label: vscode.l10n.t('Ray cluster'),
      detail: vscode.l10n.t('A cluster of your own, through the Jobs API of its dashboard'),
      pick: pickRay,
    },
  ];
  const item = await vscode.window.showQuickPick(items, { title, placeHolder: vscode.l10n.t('Where?') });
  return item?.pick(title, keys);
}

async function pickRay(title: string, keys: RemoteKeys): Promise<RayChoice | undefined> {
  const address = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Address of the dashboard of the Ray cluster'),
    placeHolder: 'http://127.0.0.1:8265',
    value: remoteSettings.rayAddress(),
    ignoreFocusOut: true,
    validateInput: problemOf,
  });
  if (address === undefined) return undefined;
  const choice = remoteSettings.rayChoice(checkedAddress(address, rayAddress).href.replace(/\/+$/, ''));
  if (!(await isReachable(title, choice, keys))) return undefined;
  if (choice.address !== remoteSettings.rayAddress()) await remoteSettings.rememberRayAddress(choice.address);
  return choice;
}

function problemOf(address: string): string | undefined {
  try {
    checkedAddress(address, rayAddress);
    return undefined;
  } catch (error) {
    const { message, hint } = LiftError.from(error);
    return `${message} ${hint}`;
  }
}

/** Asks for a token where the cluster wants one. False when the user gives none. */
async function isReachable(title: string, choice: RayChoice, keys: RemoteKeys): Promise<boolean> {
  for (;;) {
    const token = await keys.ray(choice.address);
    try {
      await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Testing the connection…') },
        () => new RayService(choice, { token }).test(),
      );
      return true;
    } catch (error) {
      if (!LiftError.is(error, 'unauthorized')) throw error;
    }
    const given = await vscode.window.showInputBox({
      title,
      prompt:
        token === undefined
          ? vscode.l10n.t('The cluster asks for a token. It is kept in the key store of this system.')
          : vscode.l10n.t('The cluster does not accept the token that is kept for it. Give another one.'),
      password: true,
      ignoreFocusOut: true,
    });
    if (given === undefined || given.trim() === '') return false;
    await keys.rememberRay(choice.address, given.trim());
  }
}
