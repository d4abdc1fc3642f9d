import * as vscode from 'vscode';
import { LiftError, throwIfCancelled } from '../../core/foundation/lift-error';
import type { BackendChoice } from '../../core/run/backend-choice';
import { EngineClient } from '../../engine/engine-client';
import type { CallOptions } from '../../engine/engine-client';
import type { EngineOptions } from '../../engine/engine-process';
import { log } from '../log';
import { progressText } from '../training/progress-text';
import type { StageLabels } from '../training/progress-text';
import type { TrainingService } from '../training/training-service';

export interface EngineWork {
  readonly backend?: BackendChoice | undefined;
  /** What stages are called here, where the usual words would not tell. */
  readonly labels?: StageLabels;
}

/** Runs something in an engine of its own, under a notification with progress and cancel. Throws `cancelled`. */
export async function withEngine<T>(
  training: TrainingService,
  title: string,
  work: (engine: EngineClient, options: CallOptions) => Promise<T>,
  { backend, labels }: EngineWork = {},
): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => {
      controller.abort();
    });
    const engine = await startEngine(await training.engineOptionsFor(backend), controller.signal);
    try {
      return await work(engine, {
        signal: controller.signal,
        onEvent: (event) => {
          if (event.event === 'progress') progress.report({ message: progressText(event, labels) });
          if (event.event === 'notice') log[event.level === 'warning' ? 'warn' : 'info'](`${title}: ${event.message}`);
        },
      });
    } finally {
      const ended = engine.close();
      // Whoever cancels waits for nothing: the engine ends behind the scenes.
      if (!controller.signal.aborted) await ended;
    }
  });
}

/** Throws `cancelled` as soon as the signal fires; an engine that comes up afterwards is ended. */
async function startEngine(options: EngineOptions, signal: AbortSignal): Promise<EngineClient> {
  throwIfCancelled(signal);
  const starting = EngineClient.start(options);
  const cancelled = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(new LiftError('cancelled', 'Cancelled.'));
    });
  });
  try {
    return await Promise.race([starting, cancelled]);
  } catch (error) {
    starting
      .then((engine) => engine.close())
      .catch((failure: unknown) => {
        log.debug(`An engine that nobody waited for: ${(failure as Error).message}`);
      });
    throw error;
  }
}
