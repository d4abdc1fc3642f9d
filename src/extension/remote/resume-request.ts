import { dirname } from 'node:path';
import type { BackendChoice } from '../../core/run/backend-choice';
import type { FineTuneRequest } from '../../core/run/requests';
import type { RunSummary } from '../runs/run-summary';
import { remoteSettings } from './remote-settings';

/** What goes on with a run where it was begun; headers are no part of a run folder and come from the settings. */
export function resumeRequest({ folder, state: { backend } }: RunSummary): FineTuneRequest {
  const { path } = folder;
  const remote = backend && backend.kind !== 'local' && { backend: withSettings(backend) };
  return { resume: path, runsFolder: dirname(path), baselines: true, set: [], ...remote };
}

/** How a back end that a run folder names is reached from here. */
export function withSettings(backend: BackendChoice): BackendChoice {
  if (backend.kind === 'ray') return { ...backend, headers: remoteSettings.rayChoice(backend.address).headers };
  if (backend.kind !== 'openai') return backend;
  const { headers, deployment } = remoteSettings.openAiChoice(backend.address);
  return { ...backend, headers, deployment: deployment ?? backend.deployment };
}
