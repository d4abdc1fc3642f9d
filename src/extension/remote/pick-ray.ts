import * as vscode from 'vscode';
import { rayAddress, RayService } from '../../core/backends/ray/service';
import { askAddress } from './ask-address';
import type { PickedBackend } from './pick-backend';
import { reachWithKey, testRetries } from './reach-with-key';
import type { RemoteKeys } from './remote-keys';
import { remoteSettings } from './remote-settings';

export async function pickRay(title: string, keys: RemoteKeys): Promise<PickedBackend | undefined> {
  const known = remoteSettings.rayAddress();
  const prompt = vscode.l10n.t('Address of the dashboard of the Ray cluster');
  const address = await askAddress(title, prompt, known, rayAddress);
  if (address === undefined) return undefined;
  const backend = remoteSettings.rayChoice(address);
  const reached = await reachWithKey(title, backend, keys, (token, signal) =>
    new RayService(backend, { token, retries: testRetries }).test(signal),
  );
  if (!reached) return undefined;
  if (address !== known) await remoteSettings.rememberRayAddress(address);
  return { backend };
}
