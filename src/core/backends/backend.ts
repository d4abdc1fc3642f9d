import type { RunEvent } from '../run/events';
import type { FineTuneRequest, FineTuneResult, PredictRequest, PredictResult } from '../run/requests';

/** What a run would mean, to be shown before it starts. */
export interface RunPlan {
  /** Where the run would happen, in words: "this machine". */
  readonly destination: string;
  /** What would leave this machine; undefined when nothing does. */
  readonly upload: { readonly rows: number; readonly columns: readonly string[]; readonly bytes: number } | undefined;
  /** In words, when money is asked for. */
  readonly cost: string | undefined;
}

export interface WatchOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
}

/**
 * A place where a run can happen. A run is known by its folder on this machine, wherever it happens: so every method but
 * the first two can be called by another process than the one that started the run, after a restart for example.
 */
export interface Backend {
  readonly kind: string;
  /** What the run would need and send; starts nothing. */
  prepare(request: FineTuneRequest): Promise<RunPlan>;
  /** Begins the run and gives its folder as soon as there is one. What is wrong with the request is thrown from here. */
  start(request: FineTuneRequest, options?: WatchOptions): Promise<string>;
  /** Tells what the run says from its beginning, and returns when it is over, however it ended. */
  watch(run: string, options?: WatchOptions): Promise<void>;
  /** The result of a run that is over. Throws the run's error when it failed, `cancelled` when it was stopped. */
  collect(run: string): Promise<FineTuneResult>;
  /** Asks a run to stop and to keep its best checkpoint. */
  cancel(run: string): Promise<void>;
  predict(request: PredictRequest, options?: WatchOptions): Promise<PredictResult>;
}
