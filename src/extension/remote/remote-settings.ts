import * as vscode from 'vscode';
import type { RayChoice } from '../../core/run/backend-choice';

/** The settings of remote back ends, `lift.remote.*`. Keys are not among them, see RemoteKeys. */
export const remoteSettings = {
  rayAddress: (): string => text('ray.address') ?? '',
  /** The address is kept for the next time, as a setting of the user. */
  rememberRayAddress: (address: string): Thenable<void> =>
    section().update('ray.address', address, vscode.ConfigurationTarget.Global),
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
