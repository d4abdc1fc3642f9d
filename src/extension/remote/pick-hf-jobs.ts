import * as vscode from 'vscode';
import { HfJobsService } from '../../core/backends/hugging-face/service';
import { readHubSettings } from '../../core/model/hub/hub-settings';
import { configuration } from '../configuration';
import type { PickedBackend } from './pick-backend';
import { reachWithKey, testRetries } from './reach-with-key';
import type { RemoteKeys } from './remote-keys';
import { remoteSettings } from './remote-settings';

/** The kind of machine with its price, as the hub tells it; the rest comes from the settings. */
export async function pickHfJobs(title: string, keys: RemoteKeys): Promise<PickedBackend | undefined> {
  const { endpoint, token } = readHubSettings({}, { ...process.env, ...configuration.modelEnvironment() });
  const choice = remoteSettings.hfJobsChoice();
  const reached = await reachWithKey(title, choice, keys, async (key, signal) => {
    const service = new HfJobsService({ kind: 'hf-jobs' }, { endpoint, token: key ?? token, retries: testRetries });
    await service.account(signal);
    return { hardware: await service.hardware(signal) };
  });
  if (!reached) return undefined;
  const items = reached.hardware.map(({ name, prettyName, unitCostUSD, unitLabel }) => ({
    label: prettyName,
    description: vscode.l10n.t('{0} USD per {1}', unitCostUSD, unitLabel),
    name,
  }));
  const usual = items.findIndex(({ name }) => name === choice.flavor);
  if (usual > 0) items.unshift(...items.splice(usual, 1));
  const item = await vscode.window.showQuickPick(items, { title, placeHolder: vscode.l10n.t('On which machine?') });
  return item && { backend: { ...choice, flavor: item.name } };
}
