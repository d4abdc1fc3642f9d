import * as vscode from 'vscode';
import type { HfJobsChoice, OpenAiChoice, RayChoice } from '../../core/run/backend-choice';

/** The settings of remote back ends, `lift.remote.*`. Keys are not among them, see RemoteKeys. */
export const remoteSettings = {
  rayAddress: (): string => text('ray.address') ?? '',
  /** The address is kept for the next time, as a setting of the user. */
  rememberRayAddress: (address: string): Thenable<void> =>
    section().update('ray.address', address, vscode.ConfigurationTarget.Global),
  openAiAddress: (): string => text('openai.address') ?? '',
  openAiModel: (): string => text('openai.model') ?? '',
  rememberOpenAi: async (address: string, model: string): Promise<void> => {
    await section().update('openai.address', address, vscode.ConfigurationTarget.Global);
    await section().update('openai.model', model, vscode.ConfigurationTarget.Global);
  },
  openAiChoice: (address: string): OpenAiChoice => {
    const price = section().get<number>('openai.price', 0);
    return {
      kind: 'openai',
      address,
      caFile: text('openai.caFile'),
      headers: section().get<Record<string, string>>('openai.headers', {}),
      format: section().get<'chat' | 'completion'>('openai.format', 'chat'),
      deployment: text('openai.deployment'),
      price: price > 0 ? price : undefined,
      keepFiles: section().get('openai.keepFiles', false),
    };
  },
  hfJobsChoice: (): HfJobsChoice => ({
    kind: 'hf-jobs',
    flavor: text('huggingFace.flavor'),
    minutes: section().get('huggingFace.minutes', 60),
    namespace: text('huggingFace.namespace'),
  }),
  rayChoice: (address: string): RayChoice => {
    const workers = section().get<number>('ray.workers', 0);
    return {
      kind: 'ray',
      address,
      caFile: text('ray.caFile'),
      headers: section().get<Record<string, string>>('ray.headers', {}),
      workers: workers > 0 ? workers : undefined,
      storage: text('ray.storage'),
      install: section().get('ray.installPackages', true),
    };
  },
};

function section(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration('lift.remote');
}

/** A text setting; empty counts as not set. */
function text(name: string): string | undefined {
  const value = section().get<string>(name)?.trim();
  return value === '' ? undefined : value;
}
