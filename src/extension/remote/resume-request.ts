import { dirname } from 'node:path';
import type { FineTuneRequest } from '../../core/run/requests';
import type { RunSummary } from '../runs/run-summary';
import { remoteSettings } from './remote-settings';

/** What goes on with a run where it was begun; headers are no part of a run folder and come from the settings. */
export function resumeRequest({ folder, state: { backend } }: RunSummary): FineTuneRequest {
  const { path } = folder;
  const remote = backend?.kind === 'ray' && {
    backend: { ...backend, headers: remoteSettings.rayChoice(backend.address).headers },
  };
  return { resume: path, runsFolder: dirname(path), baselines: true, set: [], ...remote };
}
