import { dirname } from 'node:path';
import type { BackendChoice } from '../../core/run/backend-choice';
import type { FineTuneRequest } from '../../core/run/requests';
import { staysWithService } from '../../core/run/run-backend';
import type { RunState } from '../../core/run/folder/run-state';
import type { RunSummary } from '../runs/run-summary';
import { remoteSettings } from './remote-settings';

/** What goes on with a run where it was begun; headers are no part of a run folder and come from the settings. */
export function resumeRequest({ folder, state: { backend } }: RunSummary): FineTuneRequest {
  const { path } = folder;
  const remote = backend && backend.kind !== 'local' && { backend: withSettings(backend) };
  return { resume: path, runsFolder: dirname(path), baselines: true, set: [], ...remote };
}

/** Where the model of a finished run is asked when it stays with its service; undefined: on this machine. */
export function askingChoice(state: RunState): BackendChoice | undefined {
  return staysWithService(state) && state.backend ? withSettings(state.backend) : undefined;
}

/**
 * How a back end that a run folder names is reached from here. A run folder may come from anyone: what may be secret goes
 * only to the address that the settings themselves name, and the key only comes from the key store.
 */
function withSettings(backend: BackendChoice): BackendChoice {
  if (backend.kind === 'ray') {
    const { headers } = remoteSettings.rayChoice(backend.address);
    return { ...backend, ...(isSame(backend.address, remoteSettings.rayAddress()) && { headers }) };
  }
  if (backend.kind !== 'openai') return backend;
  const { headers, deployment } = remoteSettings.openAiChoice(backend.address);
  return {
    ...backend,
    ...(isSame(backend.address, remoteSettings.openAiAddress()) && { headers }),
    keyVariable: undefined,
    deployment: deployment ?? backend.deployment,
  };
}

function isSame(address: string, known: string): boolean {
  return URL.canParse(address) && URL.canParse(known) && new URL(address).origin === new URL(known).origin;
}
