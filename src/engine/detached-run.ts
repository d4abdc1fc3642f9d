import type { FineTuneRequest } from '../core/run/requests';
import { EngineClient } from './engine-client';
import type { CallOptions } from './engine-client';
import type { EngineOptions } from './engine-process';

/**
 * Begins a run that outlives this process, and gives its folder. Until the folder exists the engine is followed directly:
 * what is wrong with the table, the recipe or the model is thrown from here. From then on the run is followed by its log
 * (`followRunLog`), and stopped by `requestCancel`, from whatever process.
 */
export async function startDetachedRun(
  engineOptions: Omit<EngineOptions, 'detached'>,
  request: FineTuneRequest,
  { signal, onEvent }: CallOptions = {},
): Promise<string> {
  const engine = await EngineClient.start({ ...engineOptions, detached: true });
  try {
    const run = await new Promise<string>((resolve, reject) => {
      const running = engine.fineTune(request, {
        signal,
        onEvent: (event) => {
          onEvent?.(event);
          if (event.event === 'run') resolve(event.run);
        },
      });
      running.then(({ run }) => {
        resolve(run);
      }, reject);
    });
    engine.release();
    return run;
  } catch (error) {
    await engine.close();
    throw error;
  }
}
