import { isAlive, requestCancel } from '../run/heartbeat';
import type { FineTuneRequest, PredictRequest, PredictResult } from '../run/requests';
import { runFolderAt } from '../run/run-folder';
import { followRunLog } from '../run/run-log';
import { readRunResult } from '../run/run-result';
import type { Backend, WatchOptions } from './backend';

/** The engine as this room needs it: the core does not know processes. */
export interface LocalEngine {
  /** Begins a run in a process that outlives its caller, and gives the run folder. */
  start(request: FineTuneRequest, options?: WatchOptions): Promise<string>;
  predict(request: PredictRequest, options?: WatchOptions): Promise<PredictResult>;
}

/** Runs on this machine: nothing leaves it. */
export function localBackend(engine: LocalEngine): Backend {
  return {
    kind: 'local',
    prepare: () => Promise.resolve({ destination: 'this machine', upload: undefined, cost: undefined }),
    start: (request, options) => engine.start(request, options),
    watch: async (run, { signal, onEvent } = {}) => {
      const folder = runFolderAt(run);
      const isOver = async (): Promise<boolean> => !(await isAlive(folder));
      for await (const event of followRunLog(folder, isOver, signal)) onEvent?.(event);
    },
    collect: readRunResult,
    cancel: (run) => requestCancel(runFolderAt(run)),
    predict: (request, options) => engine.predict(request, options),
  };
}
