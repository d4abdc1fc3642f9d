import * as vscode from 'vscode';
import { OpenAiClient, openAiAddress } from '../../core/backends/openai/client';
import { askAddress } from './ask-address';
import type { PickedBackend } from './pick-backend';
import { reachWithKey, testRetries } from './reach-with-key';
import type { RemoteKeys } from './remote-keys';
import { remoteSettings } from './remote-settings';

export async function pickOpenAi(title: string, keys: RemoteKeys): Promise<PickedBackend | undefined> {
  const known = remoteSettings.openAiAddress();
  const prompt = vscode.l10n.t('Address of the service: what stands before /files and /fine_tuning');
  const address = await askAddress(title, prompt, known, openAiAddress);
  if (address === undefined) return undefined;
  const backend = remoteSettings.openAiChoice(address);
  const reached = await reachWithKey(title, backend, keys, async (key, signal) => {
    return { models: await new OpenAiClient(backend, { key, retries: testRetries }).models(signal) };
  });
  if (!reached) return undefined;
  const model = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('The model to fine-tune, as the service calls it'),
    placeHolder: reached.models?.slice(0, 5).join(', ') ?? '',
    value: remoteSettings.openAiModel(),
    ignoreFocusOut: true,
  });
  if (model === undefined || model.trim() === '') return undefined;
  await remoteSettings.rememberOpenAi(address, model.trim());
  return { backend, model: model.trim() };
}
