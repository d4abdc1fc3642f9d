import { availableParallelism } from 'node:os';
import * as vscode from 'vscode';

/** The settings, each read when it is needed, so that a change holds at once. Their defaults are in the manifest. */
export const configuration = {
  defaultModel: (): string => text('model.default') ?? 'embedded',
  cacheFolder: (): string | undefined => text('model.cacheFolder'),
  hubEndpoint: (): string => text('hub.endpoint') ?? 'https://huggingface.co',
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

/** A number setting; 0 counts as not set. */
function number(name: string): number | undefined {
  const value = section().get<number>(name);
  return value === 0 ? undefined : value;
}
