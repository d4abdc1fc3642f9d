import { availableParallelism } from 'node:os';
import * as vscode from 'vscode';

/** The settings, each read when it is needed, so that a change holds at once. Their defaults are in the manifest. */
export const configuration = {
  defaultModel: (): string => text('model.default') ?? 'embedded',
  /** The environment in which models are looked for: this process's own, changed where a setting says otherwise. */
  modelEnvironment: (): Record<string, string> => {
    const cacheFolder = text('model.cacheFolder');
    const endpoint = chosen('hub.endpoint');
    return {
      ...(cacheFolder !== undefined && { HF_HUB_CACHE: cacheFolder }),
      ...(endpoint !== undefined && { HF_ENDPOINT: endpoint }),
    };
  },
  threads: (): number => number('training.threads') ?? availableParallelism(),
  lowPriority: (): boolean => section().get('training.lowPriority', true),
  showDecorations: (): boolean => section().get('predictions.decorations', true),
};

function section(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration('lift');
}

/** A text setting; empty counts as not set. */
function text(name: string): string | undefined {
  const value = section().get<string>(name)?.trim();
  return value === '' ? undefined : value;
}

/** A text setting that somebody has set: its default does not count. */
function chosen(name: string): string | undefined {
  const { globalValue, workspaceValue } = section().inspect<string>(name) ?? {};
  return globalValue === undefined && workspaceValue === undefined ? undefined : text(name);
}

/** A number setting; 0 counts as not set. */
function number(name: string): number | undefined {
  const value = section().get<number>(name);
  return value === 0 ? undefined : value;
}
